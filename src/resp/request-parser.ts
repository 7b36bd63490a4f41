import { ProtocolError } from '../errors.ts';
import { InlineSplitter } from './inline.ts';

/** What {@link RequestParser.parse} found. */
export const INCOMPLETE = 0;
export const REQUEST = 1;
/** A request of no arguments (an empty line, `*0`, `*-1`): skip it, there is no reply. */
export const EMPTY = 2;

/** Longest inline request, `*<count>` line or `$<length>` line, in bytes. */
const MAX_LINE = 64 * 1024;
const MAX_ARGUMENTS = 1024 * 1024;
const INITIAL_ARGUMENTS = 64;
const UNAUTHENTICATED_MAX_ARGUMENTS = 10;
const UNAUTHENTICATED_MAX_BULK = 16384;

const CR = 13;
const LF = 10;
const STAR = 42;
const DOLLAR = 36;
const MINUS = 45;
const ZERO = 48;

const AT_START = 0;
const AT_BULK_HEADER = 1;
const IN_BULK = 2;

/**
 * Finds one request (RESP array of bulk strings, or an inline line) in a buffer and yields it as offsets:
 * nothing is sliced and no string is made. An incomplete request is resumed where it stopped, so a request that
 * arrives in many pieces costs no second look at what was already read.
 *
 * Source: https://redis.io/docs/latest/develop/reference/protocol-spec/ and the limits of Redis 7.0.
 */
export class RequestParser {
  /** Number of arguments, the command's name included. */
  argc = 0;
  /** The memory that {@link starts} and {@link lengths} speak of. */
  bytes: Uint8Array = new Uint8Array(0);
  /** The memory that {@link begin} and {@link end} speak of: the request as it came. */
  source: Uint8Array = this.bytes;
  starts: Int32Array = new Int32Array(INITIAL_ARGUMENTS);
  lengths: Int32Array = new Int32Array(INITIAL_ARGUMENTS);
  /** Where the request begins and ends (exclusive) in the parsed buffer, line ends included. */
  begin = 0;
  end = 0;
  /** After INCOMPLETE: no progress is possible before the buffer reaches this length (0: unknown). */
  needed = 0;
  /** Limits that the connection's state decides. */
  maxBulkLength = 512 * 1024 * 1024;
  authenticated = true;

  #state = AT_START;
  #position = 0;
  #missing = 0;
  #bulkLength = 0;
  readonly #inline = new InlineSplitter();

  /** Starts over at `offset`. */
  reset(offset: number): void {
    this.begin = offset;
    this.#position = offset;
    this.#state = AT_START;
    this.argc = 0;
    this.needed = 0;
  }

  /** The buffer's content has moved down by `distance` bytes: an incomplete request goes on from there. */
  rebase(distance: number): void {
    for (let i = 0; i < this.argc; i++) this.starts[i]! -= distance;
    this.begin -= distance;
    this.#position -= distance;
    if (this.needed > 0) this.needed -= distance;
  }

  /** True between an INCOMPLETE and the request's end. */
  get midway(): boolean {
    return this.#state !== AT_START;
  }

  /**
   * Parses on from where it stopped in `buffer[..limit)`.
   * @returns INCOMPLETE, REQUEST or EMPTY; call {@link reset} with {@link end} before the next request.
   * @throws ProtocolError with Redis's wording.
   */
  parse(buffer: Uint8Array, limit: number): number {
    this.source = buffer;
    if (this.#state === AT_START) {
      if (this.#position >= limit) return INCOMPLETE;
      if (buffer[this.#position] !== STAR) return this.#parseInline(buffer, limit);
      const count = this.#readHeader(buffer, limit, 'too big mbulk count string');
      if (this.#lineEnd < 0) return INCOMPLETE;
      this.#checkCount(count);
      this.#position = this.#lineEnd;
      if (count <= 0) return this.#finish(EMPTY);
      this.#missing = count;
      this.#state = AT_BULK_HEADER;
    }
    this.bytes = buffer;
    return this.#parseBulks(buffer, limit);
  }

  #parseBulks(buffer: Uint8Array, limit: number): number {
    while (this.#missing > 0) {
      if (this.#state === AT_BULK_HEADER) {
        if (this.#position >= limit) return this.#wait(0);
        if (buffer[this.#position] !== DOLLAR) {
          const got = String.fromCharCode(buffer[this.#position]!).replace(/[\r\n]/, ' ');
          throw new ProtocolError(`expected '$', got '${got}'`);
        }
        const length = this.#readHeader(buffer, limit, 'too big bulk count string');
        if (this.#lineEnd < 0) return this.#wait(0);
        this.#checkBulkLength(length);
        this.#position = this.#lineEnd;
        this.#bulkLength = length;
        this.#state = IN_BULK;
      }
      const after = this.#position + this.#bulkLength + 2;
      if (after > limit) return this.#wait(after);
      this.#push(this.#position, this.#bulkLength);
      this.#position = after;
      this.#missing--;
      this.#state = AT_BULK_HEADER;
    }
    return this.#finish(REQUEST);
  }

  #wait(needed: number): number {
    this.needed = needed;
    return INCOMPLETE;
  }

  #finish(result: number): number {
    this.end = this.#position;
    this.#state = AT_START;
    return result;
  }

  #push(start: number, length: number): void {
    if (this.argc === this.starts.length) this.#grow();
    this.starts[this.argc] = start;
    this.lengths[this.argc++] = length;
  }

  #grow(): void {
    const size = this.starts.length * 2;
    const starts = new Int32Array(size);
    const lengths = new Int32Array(size);
    starts.set(this.starts);
    lengths.set(this.lengths);
    this.starts = starts;
    this.lengths = lengths;
  }

  /** Offset behind the line that {@link #readHeader} read; -1 while the line is incomplete. */
  #lineEnd = -1;

  /**
   * Reads `<type byte><integer>\r\n` at the position.
   * As in Redis the byte behind CR is skipped unseen, and a malformed integer is NaN for the caller to refuse.
   */
  #readHeader(buffer: Uint8Array, limit: number, tooBig: string): number {
    let at = this.#position + 1;
    let value = 0;
    let digits = 0;
    let malformed = false;
    const negative = at < limit && buffer[at] === MINUS;
    if (negative) at++;
    const first = at;
    for (; at < limit; at++) {
      const digit = buffer[at]! - ZERO;
      if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        digits++;
      } else if (buffer[at] === CR) {
        break;
      } else {
        malformed = true;
      }
    }
    if (at >= limit && limit - this.#position > MAX_LINE) throw new ProtocolError(tooBig);
    if (at + 1 >= limit) {
      this.#lineEnd = -1;
      return 0;
    }
    this.#lineEnd = at + 2;
    const leadingZero = digits > 1 && buffer[first] === ZERO;
    if (malformed || digits === 0 || leadingZero || (negative && value === 0)) return Number.NaN;
    return negative ? -value : value;
  }

  #checkCount(count: number): void {
    if (!(count <= MAX_ARGUMENTS)) throw new ProtocolError('invalid multibulk length');
    if (count > UNAUTHENTICATED_MAX_ARGUMENTS && !this.authenticated) {
      throw new ProtocolError('unauthenticated multibulk length');
    }
  }

  #checkBulkLength(length: number): void {
    if (!(length >= 0 && length <= this.maxBulkLength)) throw new ProtocolError('invalid bulk length');
    if (length > UNAUTHENTICATED_MAX_BULK && !this.authenticated) {
      throw new ProtocolError('unauthenticated bulk length');
    }
  }

  #parseInline(buffer: Uint8Array, limit: number): number {
    const lineFeed = buffer.subarray(0, limit).indexOf(LF, this.#position);
    if (lineFeed < 0) {
      if (limit - this.#position > MAX_LINE) throw new ProtocolError('too big inline request');
      return this.#wait(0);
    }
    const end = lineFeed > this.#position && buffer[lineFeed - 1] === CR ? lineFeed - 1 : lineFeed;
    const words = this.#inline.split(buffer, this.#position, end);
    this.bytes = this.#inline.bytes;
    for (let i = 0; i < words; i++) this.#push(this.#inline.starts[i]!, this.#inline.lengths[i]!);
    this.#position = lineFeed + 1;
    return this.#finish(words === 0 ? EMPTY : REQUEST);
  }
}
