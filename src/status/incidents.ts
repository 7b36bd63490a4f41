import { type InstanceBooks, nameOf } from '../metrics/books.ts';
import { KEYSPACE, type RestartReason } from '../metrics/catalogue.ts';
import type { ProcessReport } from '../metrics/snapshot.ts';
import { formatAge, formatCount } from '../view/format.ts';
import { slowClientsOf } from './counters.ts';
import { Events } from './events.ts';
import { sumOfGauge } from './gauges.ts';
import { Presence, type Silence } from './presence.ts';

/** Restarts are remembered for so many milliseconds. */
export const RESTART_MEMORY = 15 * 60_000;

/** A process was replaced without having been asked to end. */
export interface Failure {
  readonly worker: string;
  /** Unix milliseconds. */
  readonly at: number;
  readonly reason: Exclude<RestartReason, 'reload'>;
  /** Keys that it held when it last told; null if it was a worker, which holds none. */
  readonly lostKeys: number | null;
  /** Until there was another in its place, in seconds; 0 if nobody missed it. */
  readonly downFor: number;
}

/** How the end of a process reads. */
export const FAILURES: Readonly<Record<Failure['reason'], string>> = {
  crash: 'crashed',
  hang: 'hung and was killed',
};

/** Where they are counted among the reasons of {@link REJECTIONS}. */
const SLOW_CLIENTS = 'slow clients';

/** What has gone with a process, to be said behind its end. */
export const lossOf = ({ lostKeys }: Failure): string => {
  if (lostKeys === null) return '';
  return `: all data was lost${lostKeys === 0 ? '' : ` (${keys(lostKeys)})`}`;
};

/** Why connections were refused, by reason. */
const REJECTIONS: Readonly<Record<string, string>> = {
  max_clients: 'the limit of clients was reached',
  protected_mode: 'they came from another machine, and there is no password',
};

/** Notices what goes wrong, by comparing the books of one second with those of the second before. */
export class Incidents {
  readonly events = new Events();
  readonly #presence = new Presence(this.events);
  #failures: Failure[] = [];
  /** The events that tell of the latest failure, by process. */
  readonly #failureEvents = new Map<string, number>();
  /** In the keyspace when it last told. */
  #keys = 0;
  #counts: ReadonlyMap<string, number> = new Map();

  /** A worker was started in nobody's place. @param at Unix milliseconds. */
  started(worker: string, at: number): void {
    const say = (count: number) => `${workersWere(count, worker)} started`;
    this.events.note({ level: 'ok', kind: 'start', about: 'workers', say }, at);
  }

  /** A worker was told to end, and has ended. @param isLast none is left. @param at Unix milliseconds. */
  stopped(worker: string, isLast: boolean, at: number): void {
    if (isLast) {
      const say = (count: number) => `${nameOf(worker)} was stopped${times(count)}: no worker was left`;
      this.events.note({ level: 'critical', kind: 'stop', about: `${worker} last`, say }, at);
    } else {
      const say = (count: number) => `${workersWere(count, worker)} stopped`;
      this.events.note({ level: 'ok', kind: 'stop', say }, at);
    }
  }

  /** A process was replaced. @param at Unix milliseconds. */
  restarted(worker: string, reason: RestartReason, at: number): void {
    if (reason === 'reload') this.#reloaded(worker, at);
    else this.#failed(worker, reason, at);
  }

  /** A process has reported. @param at Unix milliseconds. */
  heard(report: ProcessReport, at: number): void {
    const outage = this.#presence.heard(report, at);
    const failure = this.#failures.findLast(({ worker }) => worker === outage?.worker);
    if (outage === undefined || failure === undefined || failure.at < outage.since) return;
    const { worker, event, seconds } = outage;
    const known = { ...failure, downFor: seconds };
    this.#failures = this.#failures.map((one) => (one === failure ? known : one));
    this.events.remove(event);
    this.events.amend(this.#failureEvents.get(worker) ?? event, (count) => this.#say(known, count), at);
  }

  /** Those that failed in the last 15 minutes, the latest last. @param now Unix milliseconds. */
  failures(now: number): readonly Failure[] {
    return this.#failures.filter((failure) => now - failure.at < RESTART_MEMORY);
  }

  /** Those who were silent of late, the latest last. @param now Unix milliseconds. */
  silences(now: number): readonly Silence[] {
    return this.#presence.silences(now);
  }

  /** Looks for what has changed since it was last called. */
  read(books: InstanceBooks): void {
    this.#presence.read(books);
    if (books.keyspace.live.length > 0) this.#keys = sumOfGauge(books, 'db_keys');
    const counts = countsOf(books);
    for (const [key, count] of counts) {
      const more = count - (this.#counts.get(key) ?? 0);
      if (more > 0) this.#noteLosses(key, more, books.now);
    }
    this.#counts = counts;
  }

  #reloaded(worker: string, at: number): void {
    const say = (count: number) =>
      count === 1 ? `${nameOf(worker)} was reloaded` : `${count} processes were reloaded`;
    this.events.note({ level: 'ok', kind: 'reload', say }, at);
  }

  #failed(worker: string, reason: Failure['reason'], at: number): void {
    const isKeyspace = worker === KEYSPACE;
    const failure = { worker, at, reason, lostKeys: isKeyspace ? this.#keys : null, downFor: 0 };
    if (isKeyspace) this.#keys = 0;
    this.#failures = [...this.failures(at), failure];
    const say = (count: number) => this.#say(failure, count);
    // What was lost is told each time.
    const about = isKeyspace ? `${worker} ${at}` : `${worker} ${reason}`;
    this.#failureEvents.set(worker, this.events.note({ level: 'critical', kind: 'restart', about, say }, at));
  }

  /** The latest of some failures in a row of one process, which are told together. */
  #say(latest: Failure, count: number): string {
    const { worker, reason } = latest;
    const downFor = this.#failures
      .filter((failure) => failure.worker === worker && failure.reason === reason)
      .slice(-count)
      .reduce((sum, failure) => sum + failure.downFor, 0);
    const outage = downFor === 0 ? '' : `, and was down for ${formatAge(downFor)}`;
    return `${nameOf(worker)} ${FAILURES[reason]}${times(count)}${outage}${lossOf(latest)}`;
  }

  #noteLosses(key: string, count: number, at: number): void {
    if (key === SLOW_CLIENTS) {
      const say = (all: number) =>
        `${clients(all)} closed, not having read ${all === 1 ? 'its' : 'their'} replies`;
      this.events.note({ level: 'warning', kind: 'slow_client', count, say }, at);
    } else {
      const say = (all: number) => `${connections(all)} refused: ${REJECTIONS[key] ?? key}`;
      this.events.note({ level: 'warning', kind: 'rejected', about: key, count, say }, at);
    }
  }
}

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

const keys = (count: number): string => (count === 1 ? '1 key' : `${formatCount(count)} keys`);
const times = (count: number): string => (count === 1 ? '' : ` ${count} times`);
const workersWere = (count: number, worker: string): string =>
  count === 1 ? `${nameOf(worker)} was` : `${count} workers were`;
const clients = (count: number): string =>
  count === 1 ? '1 client was' : `${formatCount(count)} clients were`;
const connections = (count: number): string =>
  count === 1 ? '1 connection was' : `${formatCount(count)} connections were`;
