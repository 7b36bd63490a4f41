import type { Load } from './load.ts';
import type { Mode } from './server.ts';

/** One row of the comparison. */
export interface Row {
  readonly name: string;
  /** What `--rows` selects it by. */
  readonly group: string;
  readonly load: Load;
}

export const TESTS = ['ping_inline', 'ping_mbulk', 'set', 'get', 'incr', 'mset'] as const;
export const PIPELINES = [1, 16, 100] as const;
/** What `--rows` accepts. */
export const GROUPS = [...TESTS, 'churn', 'alone'] as const;

const CLIENTS = 50;
/** Requests by which either server uses about a second of CPU. */
const REQUESTS: Readonly<Record<number, number>> = { 1: 150_000, 16: 1_000_000, 100: 2_000_000 };
/** MSET sets ten keys. */
const MSET_SHARE: Readonly<Record<number, number>> = { 1: 0.6, 16: 0.25, 100: 0.15 };
const QUICK_SHARE = 0.2;

const loadOf = (test: string, pipeline: number, requests: number): Load => ({
  test,
  pipeline,
  requests,
  clients: CLIENTS,
  keepAlive: true,
});

function pipelinedRow(test: string, pipeline: number): Row {
  const share = test === 'mset' ? (MSET_SHARE[pipeline] ?? 1) : 1;
  const load = loadOf(test, pipeline, (REQUESTS[pipeline] ?? 0) * share);
  return { name: `${test.toUpperCase()} P${pipeline}`, group: test, load };
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
  ...PIPELINES.flatMap((pipeline) => TESTS.map((test) => pipelinedRow(test, pipeline))),
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

/** A row with a share of its requests. */
export function shortened(row: Row, share: number): Row {
  return { ...row, load: { ...row.load, requests: Math.ceil(row.load.requests * share) } };
}

/** Fills every key that the rows read. */
export const FILLING: Load = loadOf('set', 100, 1_000_000);

const RATIO_TARGETS: Readonly<Record<Mode, Readonly<Record<number, number>>>> = {
  0: { 1: 1.1, 16: 1, 100: 0.7 },
  2: { 1: 1.6, 16: 1.15, 100: 0.85 },
};
const KEYSPACE_TARGETS: Readonly<Record<number, number>> = { 1: 2, 16: 0.6 };

const hasTarget = ({ group }: Row): boolean => group !== 'mset' && group !== 'churn' && group !== 'alone';

/** The highest ratio of our CPU per operation to Redis's that is good enough, if one is set. */
export function ratioTarget(row: Row, mode: Mode): number | undefined {
  return hasTarget(row) ? RATIO_TARGETS[mode]?.[row.load.pipeline] : undefined;
}

/** The most CPU per operation that the keyspace may use, in µs, if that is set. */
export function keyspaceTarget(row: Row, mode: Mode): number | undefined {
  return hasTarget(row) && mode > 0 ? KEYSPACE_TARGETS[row.load.pipeline] : undefined;
}
