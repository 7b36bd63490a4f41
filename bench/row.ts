import type { Load } from './load.ts';
import type { Preparation } from './preparation.ts';
import type { Mode } from './server.ts';
import { KEYSPACE_TARGETS, type RatioTargets, STRING_TARGETS } from './targets.ts';

const CLIENTS = 50;
/** Keys, or elements of a collection, that a row names at random. */
const KEYS = 100_000;

/** One row of the comparison. */
export interface Row {
  readonly name: string;
  /** What `--rows` selects it by. */
  readonly group: string;
  readonly load: Load;
  /** What is made anew before every run of it. */
  readonly preparation?: Preparation;
  readonly targets?: RatioTargets;
}

/** So many requests of a test from fifty clients. */
export const loadOf = (test: Load['test'], pipeline: number, requests: number): Load => ({
  test,
  pipeline,
  requests,
  clients: CLIENTS,
  keepAlive: true,
  range: KEYS,
});

/** A row with a share of its requests. */
export function shortened(row: Row, share: number): Row {
  return { ...row, load: { ...row.load, requests: Math.ceil(row.load.requests * share) } };
}

/** The highest ratio of our CPU per operation to Redis's that is good enough, if one is set. */
export const ratioTarget = ({ targets, load }: Row, mode: Mode): number | undefined =>
  targets?.[mode]?.[load.pipeline];

/** The most CPU per operation that the keyspace may use, in µs, if that is set. */
export const keyspaceTarget = ({ targets, load }: Row, mode: Mode): number | undefined =>
  targets === STRING_TARGETS && mode > 0 ? KEYSPACE_TARGETS[load.pipeline] : undefined;
