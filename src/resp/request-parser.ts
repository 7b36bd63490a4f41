import { ProtocolError } from '../errors.ts';
import { InlineSplitter } from './inline.ts';
import { parseInteger } from './number.ts';
import { parsePlain } from './plain-request.ts';

/** What {@link RequestParser.parse} found. */
export const INCOMPLETE = 0;
export const REQUEST = 1;
/** A request of no arguments (an empty line, `*0`, `*-1`): skip it, there is no reply. */
export const EMPTY = 2;

/** Longest inline request, `*<count>` line or `$<length>` line, in bytes, its end not counted. */
const MAX_LINE = 64 * 1024;
/** Numbers of up to this many digits are read on the way; see {@link parseInteger}. */
const SHORT_DIGITS = 15;
const MAX_ARGUMENTS = 1024 * 1024;
const INITIAL_ARGUMENTS = 64;
const UNAUTHENTICATED_MAX_ARGUMENTS = 10;
const UNAUTHENTICATED_MAX_BULK = 16384;

const NUL = 0;
const CR = 13;
const LF = 10;
const STAR = 42;
const DOLLAR = 36;
const ZERO = 48;

const NOTHING = new Uint8Array(0);

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
  bytes: Uint8Array = NOTHING;
  /** The memory that {@link begin} and {@link end} speak of: the request as it came. */
  source: Uint8Array = NOTHING;
  starts: Int32Array = new Int32Array(INITIAL_ARGUMENTS);
  lengths: Int32Array = new Int32Array(INITIAL_ARGUMENTS);
  /** Where the request begins and ends (exclusive) in the parsed buffer, line ends included. */
  begin = 0;
  end = 0;
  /** After INCOMPLETE: no progress is possible before the buffer reaches this length (0: unknown). */
  needed = 0;
  /** After INCOMPLETE: as in Redis, there is a NUL in the line, which therefore never ends. */
  endless = false;
  /** Limits that the connection's state decides. */
  maxBulkLength = 512 * 1024 * 1024;
  authenticated = true;

  #state = AT_START;
  #position = 0;
  /** Up to where an unfinished line was searched for its end. */
  #searched = 0;
  #missing = 0;
  #bulkLength = 0;
  readonly #inline = new InlineSplitter();

  /** Starts over at `offset`. */
  reset(offset: number): void {
    this.begin = offset;
    this.#position = offset;
    this.#searched = offset;
    this.#state = AT_START;
    this.argc = 0;
    this.needed = 0;
    this.endless = false;
  }

  /** Lets go of the memory that was parsed. */
  forget(): void {
    this.bytes = NOTHING;
    this.source = NOTHING;
  }

  /** The buffer's content has moved down by `distance` bytes: an incomplete request goes on from there. */
  rebase(distance: number): void {
    for (let i = 0; i < this.argc; i++) this.starts[i]! -= distance;
    this.begin -= distance;
    this.#position -= distance;
    this.#searched -= distance;
    if (this.needed > 0) this.needed -= distance;
  }

  /**
   * Parses on from where it stopped in `buffer[..limit)`.
   * @returns INCOMPLETE, REQUEST or EMPTY; call {@link reset} with {@link end} before the next request.
   * @throws ProtocolError with Redis's wording.
   */
  parse(buffer: Uint8Array, limit: number): number {
    this.source = buffer;
    if (this.#state === AT_START) {
      if (parsePlain(this, buffer, limit)) {
        this.bytes = buffer;
        return REQUEST;
      }
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
        const length = this.#readHeader(buffer, limit, 'too big bulk count string');
        if (this.#lineEnd < 0) return this.#wait(0);
        if (buffer[this.#position] !== DOLLAR) throw unexpected(buffer[this.#position]!);
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
   * Reads `<type byte><integer>\r\n` at the position. As in Redis the byte behind CR is skipped unseen.
   * @returns the integer, or NaN for the caller to refuse.
   */
  #readHeader(buffer: Uint8Array, limit: number, tooBig: string): number {
    const first = this.#position + 1;
    let at = first;
    let value = 0;
    while (at < limit && at - first <= SHORT_DIGITS) {
      const digit = buffer[at]! - ZERO;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
      at++;
    }
    const digits = at - first;
    const plain = digits === 1 || (digits > 1 && digits <= SHORT_DIGITS && buffer[first] !== ZERO);
    if (!plain || at + 1 >= limit || buffer[at] !== CR) return this.#readOddHeader(buffer, limit, tooBig);
    this.#lineEnd = at + 2;
    return value;
  }

  /** A line that is incomplete, negative, long or malformed. */
  #readOddHeader(buffer: Uint8Array, limit: number, tooBig: string): number {
    let at = Math.max(this.#position, this.#searched);
    while (at < limit && buffer[at] !== CR && buffer[at] !== NUL) at++;
    this.#searched = at;
    this.endless = at < limit && buffer[at] === NUL;
    const ends = at < limit && buffer[at] === CR;
    if ((ends ? at : limit) - this.#position > MAX_LINE) throw new ProtocolError(tooBig);
    this.#lineEnd = ends && at + 1 < limit ? at + 2 : -1;
    return parseInteger(buffer, this.#position + 1, Math.max(0, at - this.#position - 1));
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
    let at = this.#searched;
    while (at < limit && buffer[at] !== LF && buffer[at] !== NUL) at++;
    this.#searched = at;
    this.endless = at < limit && buffer[at] === NUL;
    const ends = at < limit && buffer[at] === LF;
    if ((ends ? at : limit) - this.#position > MAX_LINE) throw new ProtocolError('too big inline request');
    if (!ends) return this.#wait(0);
    const end = at > this.#position && buffer[at - 1] === CR ? at - 1 : at;
    const words = this.#inline.split(buffer, this.#position, end);
    this.bytes = this.#inline.bytes;
    for (let i = 0; i < words; i++) this.#push(this.#inline.starts[i]!, this.#inline.lengths[i]!);
    this.#position = at + 1;
    return this.#finish(words === 0 ? EMPTY : REQUEST);
  }
}

const unexpected = (byte: number): ProtocolError => {
  const got = byte === CR || byte === LF ? ' ' : String.fromCharCode(byte);
  return new ProtocolError(`expected '$', got '${got}'`);
};
