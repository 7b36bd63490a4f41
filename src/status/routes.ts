import { plain, type Route } from '../http/answer.ts';
import { DocumentTexts } from './document-texts.ts';
import type { Recorder } from './recorder.ts';

const TYPE = 'application/json; charset=utf-8';
const NO_MOMENT = plain(
  400,
  'since must be a moment in Unix milliseconds, as the history shows them, given once',
);

/**
 * How the instance does, for programs: /status.json, with `?since=` only what is later of the history.
 * @param now milliseconds of a clock that is never set back.
 */
export const statusRoutes = (
  recorder: Pick<Recorder, 'status'>,
  now: () => number = () => performance.now(),
): Record<string, Route> => {
  const texts = new DocumentTexts(recorder, now);
  return {
    '/status.json': ({ query }) => {
      const [since = '0', ...more] = query.getAll('since');
      if (!/^\d{1,15}$/.test(since) || more.length > 0) return NO_MOMENT;
      return { status: 200, type: TYPE, body: texts.since(Number(since)) };
    },
  };
};
