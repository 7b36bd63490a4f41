import type { Logger } from '../log.ts';
import type { RestartReason } from '../metrics/catalogue.ts';
import { warning } from '../status/reason.ts';
import type { Reason } from '../view/status-document.ts';
import type { Member } from './control-server.ts';

/** A worker that was started longer ago, in milliseconds, was there before us: that it comes is no news. */
const NEWS = 60_000;
/** Workers that live find a new supervisor well within so many milliseconds. */
const ARRIVAL = 1000;
/** As many as are configured get so many milliseconds; fewer may have been started. */
const PATIENCE = 10_000;

export interface ForeignWorkersOptions {
  readonly log: Logger;
  /** How many should come, as far as is known. */
  readonly expected: number;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Milliseconds of a clock that is never set back. */
  readonly uptime: () => number;
  /** A worker has come in nobody's place. */
  readonly onStart: (slot: number) => void;
  /** A worker was told to end and has ended, and no other is in its place. */
  readonly onStop: (slot: number) => void;
  /** A worker has come in the place of another. */
  readonly onRestart: (slot: number, reason: RestartReason) => void;
}

/** The latest to come in a slot. */
interface Occupant {
  readonly pid: number;
  state: 'here' | 'stopped' | 'crashed' | 'hung';
}

const AWAITING = warning('workers may still be on their way');

/** Why one in such a state is replaced. Who is still here then makes room for its successor. */
const REASONS: Readonly<Record<Exclude<Occupant['state'], 'stopped'>, RestartReason>> = {
  here: 'reload',
  crashed: 'crash',
  hung: 'hang',
};

/**
 * Workers that somebody else starts, stops and replaces (pm2). All that is known of them is when they say hello, that
 * they say goodbye and when they fall silent.
 */
export class ForeignWorkers {
  readonly #options: ForeignWorkersOptions;
  readonly #occupants = new Map<number, Occupant>();
  readonly #since: number;

  constructor(options: ForeignWorkersOptions) {
    this.#options = options;
    this.#since = options.uptime();
  }

  /** Slots in which there should be a worker: who was stopped need have no successor. */
  get slots(): number[] {
    return [...this.#occupants].filter(([, { state }]) => state !== 'stopped').map(([slot]) => slot);
  }

  /** After a start of the supervisor alone workers serve, or do not yet, of whom it has not heard. */
  get problems(): Reason[] {
    const { expected, uptime } = this.#options;
    const age = uptime() - this.#since;
    const isWaiting = age < ARRIVAL || (age < PATIENCE && this.#occupants.size < expected);
    return isWaiting ? [AWAITING] : [];
  }

  /** A worker has said hello: for the first time, or again because its line was cut. */
  onHello({ slot, pid, startedAt }: Member): void {
    const { now, onStart, onRestart } = this.#options;
    const before = this.#occupants.get(slot);
    this.#occupants.set(slot, { pid, state: 'here' });
    if (before?.pid === pid) return;
    if (before !== undefined && before.state !== 'stopped') onRestart(slot, REASONS[before.state]);
    else if (now() - startedAt < NEWS) onStart(slot);
  }

  /** A worker's line has ended. */
  onGone({ slot, pid, draining }: Member): void {
    const occupant = this.#occupants.get(slot);
    if (occupant?.pid !== pid) return;
    if (draining) {
      occupant.state = 'stopped';
      this.#options.onStop(slot);
    } else if (occupant.state === 'here') occupant.state = 'crashed';
  }

  /** Kills a worker that gives no sign of life; whoever has started it will see to a successor. */
  kill({ slot, pid }: Member): void {
    this.#options.log.error({ process: pid }, `worker ${slot} gives no sign of life and is killed`);
    const occupant = this.#occupants.get(slot);
    if (occupant?.pid === pid) occupant.state = 'hung';
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      this.#options.log.debug({ err: error }, 'it was gone already');
    }
  }
}
