import { type InstanceBooks, isUp, nameOf, type PlaceBooks } from '../metrics/books.ts';
import { KEYSPACE, type RestartReason } from '../metrics/catalogue.ts';
import { slowClientsOf } from './counters.ts';
import { Events } from './events.ts';

/** Restarts are remembered for so many milliseconds. */
export const RESTART_MEMORY = 15 * 60_000;

/** A process was replaced without having been asked to end. */
export interface Failure {
  readonly worker: string;
  /** Unix milliseconds. */
  readonly at: number;
  readonly reason: Exclude<RestartReason, 'reload'>;
}

/** How the end of a process reads. */
export const FAILURES: Readonly<Record<Failure['reason'], string>> = {
  crash: 'crashed',
  hang: 'hung and was killed',
};

/** Readings after which one who is missing is told to be down. */
const NOTICED_AFTER = 2;
/** Where they are counted among the reasons of {@link REJECTIONS}. */
const SLOW_CLIENTS = 'slow clients';

/** What goes with a process, to be said behind its end. */
export const lossOf = (worker: string): string => (worker === KEYSPACE ? ': all data is lost' : '');

/** Why connections were refused, by reason. */
const REJECTIONS: Readonly<Record<string, string>> = {
  max_clients: 'the limit of clients was reached',
  protected_mode: 'they came from another machine, and there is no password',
};

/** Notices what goes wrong, by comparing the books of one second with those of the second before. */
export class Incidents {
  readonly events = new Events();
  #failures: Failure[] = [];
  /** Readings in a row at which a process was missing. */
  readonly #missing = new Map<string, number>();
  /** Those of which it was said that they are down. */
  readonly #down = new Set<string>();
  #counts: ReadonlyMap<string, number> = new Map();

  /** A worker was started in nobody's place. @param at Unix milliseconds. */
  started(worker: string, at: number): void {
    const say = (count: number) => `${workersWere(count, worker)} started`;
    this.events.note({ level: 'ok', kind: 'start', about: 'workers', say }, at);
  }

  /** A worker was told to end, and has ended. @param isLast none is left. @param at Unix milliseconds. */
  stopped(worker: string, isLast: boolean, at: number): void {
    if (!isLast) {
      const say = (count: number) => `${workersWere(count, worker)} stopped`;
      return this.events.note({ level: 'ok', kind: 'stop', say }, at);
    }
    const say = (count: number) => `${nameOf(worker)} was stopped${times(count)}: no worker is left`;
    this.events.note({ level: 'critical', kind: 'stop', about: `${worker} last`, say }, at);
  }

  /** A process was replaced. @param at Unix milliseconds. */
  restarted(worker: string, reason: RestartReason, at: number): void {
    const name = nameOf(worker);
    if (reason === 'reload') {
      const say = (count: number) =>
        count === 1 ? `${name} was reloaded` : `${count} processes were reloaded`;
      return this.events.note({ level: 'ok', kind: 'reload', say }, at);
    }
    this.#failures = [
      ...this.#failures.filter((failure) => at - failure.at < RESTART_MEMORY),
      { worker, at, reason },
    ];
    const say = (count: number) => `${name} ${FAILURES[reason]}${times(count)}${lossOf(worker)}`;
    this.events.note({ level: 'critical', kind: 'restart', about: `${worker} ${reason}`, say }, at);
  }

  /** Those that failed in the last 15 minutes, the latest last. @param now Unix milliseconds. */
  failures(now: number): readonly Failure[] {
    return this.#failures.filter((failure) => now - failure.at < RESTART_MEMORY);
  }

  /** Looks for what has changed since it was last called. */
  read(books: InstanceBooks): void {
    for (const place of [...books.workers, books.keyspace]) this.#notePresence(place, books.now);
    const counts = countsOf(books);
    for (const [key, count] of counts) {
      const more = count - (this.#counts.get(key) ?? 0);
      if (more > 0) this.#noteLosses(key, more, books.now);
    }
    this.#counts = counts;
  }

  /** One that is replaced at once is not down: that it was replaced is told elsewhere. */
  #notePresence(place: PlaceBooks, now: number): void {
    const { worker } = place;
    const missing = place.inUse && !isUp(place, now) ? (this.#missing.get(worker) ?? 0) + 1 : 0;
    this.#missing.set(worker, missing);
    const name = nameOf(worker);
    if (missing >= NOTICED_AFTER && !this.#down.has(worker) && hasReported(place)) {
      this.#down.add(worker);
      const say = () => `${name} is down`;
      this.events.note({ level: 'critical', kind: 'down', about: worker, say }, now);
    } else if (missing === 0 && this.#down.delete(worker) && place.inUse) {
      this.events.note({ level: 'ok', kind: 'up', about: worker, say: () => `${name} is up` }, now);
    }
  }

  #noteLosses(key: string, count: number, at: number): void {
    if (key === SLOW_CLIENTS) {
      const say = (all: number) =>
        `${clients(all)} closed, not having read ${all === 1 ? 'its' : 'their'} replies`;
      return this.events.note({ level: 'warning', kind: 'slow_client', count, say }, at);
    }
    const say = (all: number) => `${connections(all)} refused: ${REJECTIONS[key] ?? key}`;
    this.events.note({ level: 'warning', kind: 'rejected', about: key, count, say }, at);
  }
}

/** Before its first report a process is starting and not down. */
const hasReported = ({ totals }: PlaceBooks): boolean => totals.counters.size > 0;

/** Lost connections: refused ones by reason, and those that did not read. */
const countsOf = ({ workers }: InstanceBooks): Map<string, number> => {
  const counts = new Map([[SLOW_CLIENTS, 0]]);
  for (const { totals } of workers) {
    for (const [reason, count] of totals.counters.get('rejected_connections_total') ?? []) {
      counts.set(reason, (counts.get(reason) ?? 0) + count);
    }
    counts.set(SLOW_CLIENTS, (counts.get(SLOW_CLIENTS) ?? 0) + slowClientsOf(totals));
  }
  return counts;
};

const times = (count: number): string => (count === 1 ? '' : `, ${count} times`);
const workersWere = (count: number, worker: string): string =>
  count === 1 ? `${nameOf(worker)} was` : `${count} workers were`;
const clients = (count: number): string => (count === 1 ? '1 client was' : `${count} clients were`);
const connections = (count: number): string =>
  count === 1 ? '1 connection was' : `${count} connections were`;
