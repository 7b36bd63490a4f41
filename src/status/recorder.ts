import { VERSION } from '../config/version.ts';
import type { InstanceBooks } from '../metrics/books.ts';
import type { RestartReason } from '../metrics/catalogue.ts';
import type { ProcessReport } from '../metrics/snapshot.ts';
import type { Reason, ServerStatus, StatusDocument } from '../view/status-document.ts';
import { Incidents } from './incidents.ts';
import { LastMinute } from './last-minute.ts';
import { LastSecond } from './last-second.ts';
import { momentOf } from './moment.ts';
import { MomentHistory } from './moment-history.ts';
import { statusOf } from './status.ts';

/** How often it writes down what is, in milliseconds. */
const INTERVAL = 1000;
/** An instance that does not serve after so many milliseconds does not merely start. */
const START_TIME = 30_000;

export interface RecorderOptions {
  readonly mode: ServerStatus['mode'];
  /** The books as they are now. */
  readonly read: () => InstanceBooks;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Which processes do not serve. */
  readonly problemsIn: (books: InstanceBooks) => readonly Reason[];
}

/** Writes down once a second how the instance does, and keeps it for a while. It lives where the books are kept. */
export class Recorder {
  readonly #options: RecorderOptions;
  readonly #lastSecond = new LastSecond();
  readonly #lastMinute: LastMinute;
  readonly #history = new MomentHistory();
  readonly #incidents = new Incidents();
  #timer: NodeJS.Timeout | undefined;
  /** Until all have served for the first time. */
  #isStarting = true;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#lastMinute = new LastMinute(options.now());
    const say = () => `corespond ${VERSION} was started`;
    this.#incidents.events.note({ level: 'ok', kind: 'start', say }, options.now());
  }

  start(): void {
    this.stop();
    this.#timer = setInterval(() => this.record(), INTERVAL).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** A process has reported. */
  accept(report: ProcessReport): void {
    const now = this.#options.now();
    this.#lastSecond.accept(report, now);
    this.#incidents.heard(report, now);
  }

  /** A worker was started in nobody's place. @param worker its label. */
  started(worker: string): void {
    this.#incidents.started(worker, this.#options.now());
  }

  /** A worker was told to end by whoever runs it, and has ended. @param worker its label. */
  stopped(worker: string): void {
    const { now, expectedWorkers } = this.#options.read();
    this.#incidents.stopped(worker, expectedWorkers === 0, now);
  }

  /** A process was replaced. @param worker its label. */
  restarted(worker: string, reason: RestartReason): void {
    this.#incidents.restarted(worker, reason, this.#options.now());
  }

  /** Writes down what is now. */
  record(): void {
    const books = this.#options.read();
    this.#lastSecond.keep(reportsIn(books));
    this.#lastMinute.read(books);
    this.#incidents.read(books);
    this.#history.add(momentOf(books, this.#lastSecond));
    this.#noteStart(books, this.#options.problemsIn(books));
  }

  /** How the instance does. @param since of the history, what is later than that: Unix milliseconds. */
  status(since: number): StatusDocument {
    const books = this.#options.read();
    this.#lastMinute.read(books);
    const problems = this.#options.problemsIn(books);
    this.#noteStart(books, problems);
    return statusOf(
      {
        mode: this.#options.mode,
        books,
        lastSecond: this.#lastSecond,
        lastMinute: this.#lastMinute,
        history: this.#history,
        incidents: this.#incidents,
        problems,
        isStarting: this.#isStarting,
      },
      since,
    );
  }

  /** It has started when all serve, and is in trouble when one has failed meanwhile or it takes too long. */
  #noteStart({ now, startedAt }: InstanceBooks, problems: readonly Reason[]): void {
    const hasFailed = this.#incidents.failures(now).length > 0;
    if (problems.length === 0 || hasFailed || now - startedAt > START_TIME) this.#isStarting = false;
  }
}

const reportsIn = ({ workers, keyspace }: InstanceBooks): ProcessReport[] =>
  [...workers, keyspace].flatMap(({ live }) => live.map(({ report }) => report));
