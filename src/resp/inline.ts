import { ProtocolError } from '../errors.ts';

const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;
const BACKSLASH = 92;

/** Words of so many bytes, or of one longer line, lie in one block. */
const BLOCK = 16 * 1024;

const ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, a: 7 };

const isSpace = (byte: number) => byte === 32 || (byte >= 9 && byte <= 13);

/** As Redis has it: vertical tabs and form feeds lie between words, but do not end one. */
const endsWord = (byte: number) => byte === 32 || byte === 9 || byte === 10 || byte === 13;

/** The value of a hexadecimal digit, or -1. */
const hexDigit = (byte: number | undefined) => {
  const value = Number.parseInt(String.fromCharCode(byte ?? 0), 16);
  return Number.isNaN(value) ? -1 : value;
};

/**
 * Splits an inline request as a shell would: words between spaces, "double quotes" with \n \r \t \b \a \xHH
 * escapes, 'single quotes' with \' only. The words are copied out, because unquoting changes their length; those of one line do not
 * overwrite those of the line before.
 */
export class InlineSplitter {
  bytes: Uint8Array = new Uint8Array(0);
  readonly starts: number[] = [];
  readonly lengths: number[] = [];

  #line: Uint8Array = new Uint8Array(0);
  #at = 0;
  #end = 0;
  #out = 0;

  /**
   * Splits `buffer[start..end)`, which holds no line end.
   * @returns the number of words, found in {@link bytes} by {@link starts} and {@link lengths}.
   * @throws ProtocolError when quotes are not balanced.
   */
  split(buffer: Uint8Array, start: number, end: number): number {
    if (this.bytes.length - this.#out < end - start) this.#newBlock(end - start);
    this.starts.length = 0;
    this.lengths.length = 0;
    this.#line = buffer;
    this.#at = start;
    this.#end = end;
    for (;;) {
      while (this.#at < end && isSpace(buffer[this.#at]!)) this.#at++;
      if (this.#at >= end) return this.starts.length;
      const from = this.#out;
      this.#word();
      this.starts.push(from);
      this.lengths.push(this.#out - from);
    }
  }

  #newBlock(size: number): void {
    this.bytes = new Uint8Array(Math.max(BLOCK, size));
    this.#out = 0;
  }

  #word(): void {
    while (this.#at < this.#end) {
      const byte = this.#line[this.#at]!;
      if (endsWord(byte)) return;
      this.#at++;
      if (byte === DOUBLE_QUOTE) return this.#doubleQuoted();
      if (byte === SINGLE_QUOTE) return this.#singleQuoted();
      this.bytes[this.#out++] = byte;
    }
  }

  #doubleQuoted(): void {
    while (this.#at < this.#end) {
      const byte = this.#line[this.#at++]!;
      if (byte === DOUBLE_QUOTE) return this.#closeQuote();
      this.bytes[this.#out++] = byte === BACKSLASH && this.#at < this.#end ? this.#escape() : byte;
    }
    throw new ProtocolError('unbalanced quotes in request');
  }

  #escape(): number {
    const byte = this.#line[this.#at++]!;
    const high = hexDigit(this.#line[this.#at]);
    const low = hexDigit(this.#line[this.#at + 1]);
    if (byte === 120 && this.#at + 1 < this.#end && high >= 0 && low >= 0) {
      this.#at += 2;
      return high * 16 + low;
    }
    return ESCAPES[String.fromCharCode(byte)] ?? byte;
  }

  #singleQuoted(): void {
    while (this.#at < this.#end) {
      const byte = this.#line[this.#at++]!;
      if (byte === SINGLE_QUOTE) return this.#closeQuote();
      const escaped = byte === BACKSLASH && this.#line[this.#at] === SINGLE_QUOTE && this.#at < this.#end;
      if (escaped) this.#at++;
      this.bytes[this.#out++] = escaped ? SINGLE_QUOTE : byte;
    }
    throw new ProtocolError('unbalanced quotes in request');
  }

  #closeQuote(): void {
    if (this.#at < this.#end && !isSpace(this.#line[this.#at]!)) {
      throw new ProtocolError('unbalanced quotes in request');
    }
  }
}
