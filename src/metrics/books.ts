import { KEYSPACE } from './catalogue.ts';
import type { Ledger, LiveProcess } from './ledger.ts';
import type { RestartCounters } from './restart-counters.ts';
import type { Totals } from './totals.ts';

/**
 * A process that has not reported for so many milliseconds is not up, whether it lives or not: three reports are missing.
 * Less than the time after which a hung worker is replaced, so that it is seen to be down before.
 */
export const SILENCE = 3000;

/** What is known of one place for a process. */
export interface PlaceBooks {
  /** Value of the label `worker`: `0`, `1` … or `keyspace`. */
  readonly worker: string;
  readonly totals: Totals;
  /** During a reload there are two. */
  readonly live: readonly LiveProcess[];
  /** There should be a process here, or there is one. */
  readonly inUse: boolean;
}

export interface BooksOptions {
  readonly ledger: Ledger;
  readonly restarts: RestartCounters;
  /** Slots in which a worker should be. */
  readonly slots: () => readonly number[];
  /** When the supervisor started, Unix milliseconds. */
  readonly startedAt: number;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** The state of the whole instance at one moment. */
export interface InstanceBooks {
  readonly now: number;
  readonly startedAt: number;
  /** Number of workers that should be up. */
  readonly expectedWorkers: number;
  /** Every slot that is or ever was in use. */
  readonly workers: readonly PlaceBooks[];
  readonly keyspace: PlaceBooks;
  readonly restarts: RestartCounters;
}

/** Reads the books as they are now. */
export const readBooks = ({ ledger, restarts, slots, startedAt, now }: BooksOptions): InstanceBooks => {
  const expected = new Set(slots());
  const all = [...new Set([...expected, ...ledger.slots('worker')])].sort((a, b) => a - b);
  const workers = all.map((slot) => {
    const live = ledger.live('worker', slot);
    const inUse = expected.has(slot) || live.length > 0;
    return { worker: String(slot), totals: ledger.totals('worker', slot), live, inUse };
  });
  const keyspace: PlaceBooks = {
    worker: KEYSPACE,
    totals: ledger.totals('keyspace', 0),
    live: ledger.live('keyspace', 0),
    inUse: true,
  };
  return { now: now(), startedAt, expectedWorkers: expected.size, workers, keyspace, restarts };
};

/** True if the process in that place has reported of late. */
export const isUp = ({ live }: PlaceBooks, now: number): boolean =>
  live.some(({ receivedAt }) => now - receivedAt <= SILENCE);

/** Which processes that should be there are not heard of: one line each, empty if all are up. */
export const missingProcesses = ({ workers, keyspace, now }: InstanceBooks): string[] => {
  const places = [keyspace, ...workers].filter((place) => place.inUse);
  const missing = places
    .filter((place) => !isUp(place, now))
    .map(({ worker }) => `${nameOf(worker)} is not up`);
  return places.length > 1 ? missing : [...missing, 'there is no worker'];
};

/** How a process is called, by its label. */
export const nameOf = (worker: string): string => (worker === KEYSPACE ? 'the keyspace' : `worker ${worker}`);
