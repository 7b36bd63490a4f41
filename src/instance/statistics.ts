import type { KeyspaceStatistics } from '../keyspace/keyspace.ts';
import type { CommandFigures } from '../metrics/counters.ts';
import type { TrafficFigures } from './traffic.ts';

/** Everything that is counted, each figure since the start and never falling. */
export interface CountedFigures {
  readonly keyspace: KeyspaceStatistics;
  readonly traffic: TrafficFigures;
  /** By command index; undefined where nothing was counted. */
  readonly commands: ReadonlyArray<CommandFigures | undefined>;
  /** Error replies by code. */
  readonly errors: ReadonlyMap<string, number>;
}

/**
 * The figures that INFO shows: counted since the start or the last CONFIG RESETSTAT. The counters themselves go on,
 * because those of the metrics must never fall; a reset only remembers where they stood.
 */
export class Statistics {
  readonly #read: () => CountedFigures;
  #baseline: CountedFigures | undefined = undefined;

  /** @param read copies what has been counted up to now. */
  constructor(read: () => CountedFigures) {
    this.#read = read;
  }

  /** From now on figures are counted from zero. */
  reset(): void {
    this.#baseline = this.#read();
  }

  /** What was counted since the last reset. */
  get figures(): CountedFigures {
    const now = this.#read();
    const then = this.#baseline;
    if (then === undefined) return now;
    return {
      keyspace: { ...less(now.keyspace, then.keyspace), changes: now.keyspace.changes },
      traffic: less(now.traffic, then.traffic),
      commands: now.commands.map((figures, index) => commandLess(figures, then.commands[index])),
      errors: new Map([...now.errors].map(([code, count]) => [code, count - (then.errors.get(code) ?? 0)])),
    };
  }
}

/** Each number of `now` less that of `then`. */
const less = <Figures extends { [K in keyof Figures]: number }>(now: Figures, then: Figures): Figures => {
  const difference = { ...now };
  for (const name of Object.keys(now) as Array<keyof Figures>) {
    difference[name] = (now[name] - then[name]) as Figures[keyof Figures];
  }
  return difference;
};

const commandLess = (
  now: CommandFigures | undefined,
  then: CommandFigures | undefined,
): CommandFigures | undefined => {
  if (now === undefined || then === undefined) return now;
  const figures = {
    ok: now.ok - then.ok,
    error: now.error - then.error,
    rejected: now.rejected - then.rejected,
    microseconds: now.microseconds - then.microseconds,
    buckets: now.buckets.map((count, i) => count - then.buckets[i]!),
  };
  return figures.ok + figures.error + figures.rejected === 0 ? undefined : figures;
};
