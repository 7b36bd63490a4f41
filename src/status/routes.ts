import { plain, type Route } from '../http/answer.ts';
import type { Recorder } from './recorder.ts';

/** How the instance does, for programs: /status.json, with `?since=` only what is later of the history. */
export const statusRoutes = (recorder: Pick<Recorder, 'status'>): Record<string, Route> => ({
  '/status.json': ({ query }) => {
    const since = query.get('since') ?? '0';
    if (!/^\d{1,15}$/.test(since)) {
      return plain(400, 'since must be a moment in Unix milliseconds, as the history shows them');
    }
    const body = `${JSON.stringify(recorder.status(Number(since)), rounded)}\n`;
    return { status: 200, type: 'application/json; charset=utf-8', body };
  },
});

/** Five digits are more than anybody reads off a chart, and a third of the bytes. */
const rounded = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value;
