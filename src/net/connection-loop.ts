import type { Settings } from '../config/live.ts';
import type { EndReason } from '../instance/session.ts';
import type { Logger } from '../log.ts';
import type { WorkerCounters } from '../metrics/worker-counters.ts';
import { RequestParser } from '../resp/request-parser.ts';
import type { Connection } from './connection.ts';
import { Outbox } from './outbox.ts';

/** Size of the buffer that all sockets of the process read into, in bytes. */
const READ_BUFFER = 32 * 1024;
/**
 * No unfinished request may be longer, whatever client-query-buffer-limit says: offsets in it are 31 bits, and on the
 * link more follows it.
 */
const MAX_QUERY_BUFFER = 2 ** 31 - 2 ** 20;
/** Unread replies, in bytes, at which a client that owes a password is closed. */
const UNAUTHENTICATED_OUTPUT = 1024;
/** So many parsers are kept for reuse, and none that has grown for more arguments or holds more bytes. */
const SPARE_PARSERS = 64;
const SPARE_ARGUMENTS = 1024;
const SPARE_BYTES = 4 * READ_BUFFER;
/** How often idle and slow clients are looked for, in milliseconds. */
const TICK = 1000;
/** Who was heard less than so many ticks ago will probably soon be heard again. */
const RECENTLY = 2;
/** How often a drain looks at those that are left, in milliseconds. */
const DRAIN_INTERVAL = 50;
/** At most so many are told goodbye in one look, to spare the others a burst of reconnects. */
const DRAIN_STEP = 1024;

export interface ConnectionLoopOptions {
  readonly settings: Settings;
  readonly log: Logger;
  readonly counters: WorkerCounters;
}

/** What the connections of one process share: the read buffer, the parser, the limits and the clock tick. */
export class ConnectionLoop {
  readonly settings: Settings;
  readonly log: Logger;
  readonly counters: WorkerCounters;
  readonly readBuffer = Buffer.allocUnsafeSlow(READ_BUFFER);
  readonly outbox = new Outbox();
  /** The parser for requests that arrive whole. */
  parser = new RequestParser();
  /** Seconds since the start, roughly: what idle times are counted in. */
  tick = 0;

  readonly #connections = new Set<Connection>();
  readonly #spareParsers: RequestParser[] = [];
  #timer: NodeJS.Timeout | undefined;
  #onEmpty: (() => void) | undefined;

  constructor({ settings, log, counters }: ConnectionLoopOptions) {
    this.settings = settings;
    this.log = log;
    this.counters = counters;
  }

  get size(): number {
    return this.#connections.size;
  }

  get connections(): Iterable<Connection> {
    return this.#connections;
  }

  get queryBufferLimit(): number {
    return Math.min(this.settings.values.clientQueryBufferLimit, MAX_QUERY_BUFFER);
  }

  start(): void {
    this.#timer = setInterval(() => this.onTick(), TICK).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  add(connection: Connection): void {
    this.#connections.add(connection);
    this.counters.connectionsReceived++;
    this.log.debug({ clients: this.#connections.size }, 'client connected');
  }

  /** A second has passed: closes who was silent or did not read for too long, and takes the gauges. */
  onTick(): void {
    this.tick++;
    const { timeout } = this.settings.values;
    let buffered = 0;
    let largest = 0;
    for (const connection of this.#connections) {
      const bytes = connection.outputBytes;
      if (bytes > 0 || connection.overSoftLimitSince >= 0) this.checkOutput(connection);
      buffered += bytes;
      largest = Math.max(largest, bytes);
      if (timeout > 0 && this.tick - connection.lastHeard > timeout) connection.closeIdle();
    }
    this.counters.outputBufferBytes = buffered;
    this.counters.outputBufferMax = largest;
  }

  /** Called once per connection, when its socket is gone. */
  remove(connection: Connection, reason: EndReason): void {
    this.#connections.delete(connection);
    this.counters.connectionEnded(reason);
    this.log.debug({ clients: this.#connections.size, reason }, 'client disconnected');
    if (this.#connections.size === 0) this.#onEmpty?.();
  }

  /** Leaves the parser, which stopped within a request, to the connection; takes another for the next. */
  giveParserAway(): RequestParser {
    const { parser } = this;
    this.parser = this.#spareParsers.pop() ?? new RequestParser();
    return parser;
  }

  takeParserBack(parser: RequestParser): void {
    const large = parser.starts.length > SPARE_ARGUMENTS || parser.source.length > SPARE_BYTES;
    if (!large && this.#spareParsers.length < SPARE_PARSERS) this.#spareParsers.push(parser);
  }

  /** Closes a client whose unread replies exceed the hard limit; notes since when they exceed the soft one. */
  checkOutput(connection: Connection): void {
    const { hard, soft, seconds } = this.settings.values.clientOutputBufferLimit.normal;
    const bytes = connection.outputBytes;
    const limit = connection.authenticated ? hard : UNAUTHENTICATED_OUTPUT;
    const overHard = limit > 0 && bytes > limit;
    const overSoft = soft > 0 && bytes > soft;
    if (!overSoft) connection.overSoftLimitSince = -1;
    else if (connection.overSoftLimitSince < 0) connection.overSoftLimitSince = this.tick;
    if (!overHard && !(overSoft && this.tick - connection.overSoftLimitSince > seconds)) return;
    this.log.warn({ bytes }, 'client closed: it does not read its replies');
    connection.close('slow_client', true);
  }

  onQueryBufferLimit(connection: Connection): void {
    this.counters.queryBufferLimitCloses++;
    this.log.warn(
      { bytes: connection.queryBytes },
      'client closed: its request exceeds the query buffer limit',
    );
  }

  /**
   * Ends all connections, each after the replies it is still owed, and stops the clock.
   * @param lastWords for how many milliseconds those that were heard of late may ask once more, to be told goodbye with
   * the answer.
   * @returns when the last is closed, or after `milliseconds`, when those left are cut.
   */
  async drain(milliseconds: number, lastWords = 0): Promise<void> {
    if (this.#connections.size > 0) await this.#drainAll(milliseconds, lastWords);
    this.stop();
  }

  async #drainAll(milliseconds: number, lastWords: number): Promise<void> {
    const empty = new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
    for (const connection of this.#connections) connection.drain();
    const deadline = setTimeout(() => this.#cutAll(), milliseconds);
    const patience = performance.now() + lastWords;
    const looks = setInterval(() => this.#partFromSome(performance.now() < patience), DRAIN_INTERVAL);
    await empty;
    clearTimeout(deadline);
    clearInterval(looks);
  }

  /** Those that stay go to the end of the queue. */
  #partFromSome(patient: boolean): void {
    const some = [...this.#connections].slice(0, DRAIN_STEP);
    for (const connection of some) {
      connection.part(patient && this.tick - connection.lastHeard < RECENTLY);
      if (this.#connections.delete(connection)) this.#connections.add(connection);
    }
  }

  #cutAll(): void {
    for (const connection of this.#connections) connection.close('shutdown', true);
  }
}
