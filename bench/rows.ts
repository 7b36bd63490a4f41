import { COLLECTION_GROUPS, COLLECTION_ROWS } from './collection-rows.ts';
import type { Load } from './load.ts';
import { loadOf, type Row, shortened } from './row.ts';
import { COLLECTION_TARGETS, STRING_TARGETS } from './targets.ts';

const TESTS = ['ping_inline', 'ping_mbulk', 'set', 'get', 'incr', 'mset'] as const;
export const PIPELINES = [1, 16, 100] as const;
/** What `--rows` accepts. */
export const GROUPS: readonly string[] = [...TESTS, ...COLLECTION_GROUPS, 'churn', 'alone'];

/** Requests by which either server uses about a second of CPU. */
const REQUESTS: Readonly<Record<number, number>> = { 1: 150_000, 16: 1_000_000, 100: 2_000_000 };
/** MSET sets ten keys. */
const MSET_SHARE: Readonly<Record<number, number>> = { 1: 0.6, 16: 0.25, 100: 0.15 };
const QUICK_SHARE = 0.2;

function stringRow(test: string, pipeline: number): Row {
  const name = `${test.toUpperCase()} P${pipeline}`;
  const requests = REQUESTS[pipeline] ?? 0;
  if (test === 'mset') {
    const share = MSET_SHARE[pipeline] ?? 1;
    return { name, group: test, load: loadOf(test, pipeline, requests * share), targets: COLLECTION_TARGETS };
  }
  return { name, group: test, load: loadOf(test, pipeline, requests), targets: STRING_TARGETS };
}

const churn: Row = {
  name: 'GET, a connection each',
  group: 'churn',
  load: { ...loadOf('get', 1, 15_000), keepAlive: false },
};

const alone = ['ping_mbulk', 'set', 'get'].map((test): Row => {
  const load = { ...loadOf(test, 1, 50_000), clients: 1 };
  return { name: `${test.toUpperCase()}, one client`, group: 'alone', load };
});

const ALL: readonly Row[] = [
  ...PIPELINES.flatMap((pipeline) => TESTS.map((test) => stringRow(test, pipeline))),
  ...COLLECTION_ROWS,
  churn,
  ...alone,
];

export interface RowChoice {
  readonly groups: readonly string[];
  readonly pipelines: readonly number[];
  readonly quick: boolean;
}

/** The rows of a run; a quick one has a fifth of the requests. */
export function chosenRows({ groups, pipelines, quick }: RowChoice): Row[] {
  const chosen = ALL.filter(({ group, load }) => groups.includes(group) && pipelines.includes(load.pipeline));
  return quick ? chosen.map((row) => shortened(row, QUICK_SHARE)) : chosen;
}

/** Fills every key that the rows of strings read. */
export const FILLING: Load = loadOf('set', 100, 1_000_000);
