import { type InstanceBooks, isUp, nameOf, type PlaceBooks, SILENCE } from '../metrics/books.ts';
import { KEYSPACE } from '../metrics/catalogue.ts';
import type { ProcessReport } from '../metrics/snapshot.ts';
import { formatAge } from '../view/format.ts';
import type { Events } from './events.ts';

/** Readings after which one who is missing is told to be down. */
const NOTICED_AFTER = 2;
/** Silences are remembered for so many milliseconds: longer than what is counted as the last minute. */
const SILENCE_MEMORY = 70_000;
/** Who does nothing for so many milliseconds was asleep, and cannot say that others were silent meanwhile. */
const ASLEEP = 2000;

/** A process gave no sign of life for a while, and is the same as before. */
export interface Silence {
  readonly worker: string;
  /** When it was heard again, Unix milliseconds. */
  readonly at: number;
  readonly seconds: number;
}

/** A process was missed, and another has come in its place. */
export interface Outage {
  readonly worker: string;
  /** When a process was last heard of in that place before, Unix milliseconds. */
  readonly since: number;
  readonly seconds: number;
  /** The id of the event that tells of it. */
  readonly event: number;
}

/** A sign of life. */
interface Heard extends Pick<ProcessReport, 'pid' | 'startedAt'> {
  /** Unix milliseconds. */
  readonly at: number;
}

/** Who is heard of and who is not, and for how long he was not. */
export class Presence {
  readonly #events: Events;
  readonly #lastHeard = new Map<string, Heard>();
  /** Readings in a row at which a process was missing. */
  readonly #missing = new Map<string, number>();
  /** The events that tell of those who are down. */
  readonly #down = new Map<string, number>();
  #silences: Silence[] = [];
  /** When this was last called, and when it was after having been asleep: Unix milliseconds. */
  #lastCalled = Number.NEGATIVE_INFINITY;
  #awakeSince = Number.NEGATIVE_INFINITY;

  constructor(events: Events) {
    this.#events = events;
  }

  /** A process has reported. @param at Unix milliseconds. @returns the outage that ends with a new process. */
  heard({ role, slot, pid, startedAt }: ProcessReport, at: number): Outage | undefined {
    this.#wake(at);
    const worker = role === 'keyspace' ? KEYSPACE : String(slot);
    const before = this.#lastHeard.get(worker);
    this.#lastHeard.set(worker, { pid, startedAt, at });
    if (before === undefined) return undefined;
    const isSame = before.pid === pid && before.startedAt === startedAt;
    const wasSilent = isSame && at - Math.max(before.at, this.#awakeSince) > SILENCE;
    if (!wasSilent && !this.#down.has(worker)) return undefined;
    const seconds = (at - before.at) / 1000;
    const what = isSame ? 'did not answer' : 'was down';
    const event = this.#tell(worker, `${nameOf(worker)} ${what} for ${formatAge(seconds)}`, at);
    this.#down.delete(worker);
    if (!isSame) return { worker, since: before.at, seconds, event };
    this.#silences = [...this.silences(at), { worker, at, seconds }];
    return undefined;
  }

  /** Looks who is missing. */
  read({ workers, keyspace, now }: InstanceBooks): void {
    this.#wake(now);
    for (const place of [...workers, keyspace]) this.#look(place, now);
  }

  /** Those that have ended of late, the latest last. @param now Unix milliseconds. */
  silences(now: number): Silence[] {
    return this.#silences.filter(({ at }) => now - at < SILENCE_MEMORY);
  }

  /** One that is replaced at once is not down: that it was replaced is told elsewhere. */
  #look(place: PlaceBooks, now: number): void {
    const { worker, inUse } = place;
    const missing = inUse && !isUp(place, now) ? (this.#missing.get(worker) ?? 0) + 1 : 0;
    this.#missing.set(worker, missing);
    const isDown = this.#down.has(worker);
    if (missing >= NOTICED_AFTER && !isDown && hasReported(place)) {
      this.#down.set(worker, this.#tell(worker, `${nameOf(worker)} is down`, now));
    } else if (!inUse && isDown) {
      this.#tell(worker, `${nameOf(worker)} was down, and is not missed any more`, now);
      this.#down.delete(worker);
    }
  }

  /** One event from when a process is missed until it is not. @returns its id. */
  #tell(worker: string, text: string, at: number): number {
    const say = () => text;
    const id = this.#down.get(worker);
    if (id === undefined) {
      return this.#events.note({ level: 'critical', kind: 'down', about: `${worker} ${at}`, say }, at);
    }
    this.#events.amend(id, say, at);
    return id;
  }

  #wake(now: number): void {
    if (now - this.#lastCalled > ASLEEP) this.#awakeSince = now;
    this.#lastCalled = now;
  }
}

/** Before its first report a process is starting and not down. */
const hasReported = ({ totals }: PlaceBooks): boolean => totals.counters.size > 0;
