import { type CommandError, errors, outsideRange } from '../errors.ts';
import { parseShortDecimal } from '../resp/decimal.ts';
import { latin1 } from '../resp/latin1.ts';
import { parseDouble, parseInteger, parseInteger64 } from '../resp/number.ts';
import type { Request } from '../resp/request.ts';

const INT_MIN = -(2 ** 31);
const INT_MAX = 2 ** 31 - 1;

/** The arguments of the running command, the command's name being number 0. Nothing is copied until it is asked for. */
export class Arguments {
  request: Request = { argc: 0, bytes: new Uint8Array(0), starts: [], lengths: [] };

  /** Number of arguments, the command's name included. */
  get count(): number {
    return this.request.argc;
  }

  /** The memory in which {@link start} and {@link length} lie; valid while the command runs. */
  get buffer(): Uint8Array {
    return this.request.bytes;
  }

  start(index: number): number {
    return this.request.starts[index]!;
  }

  length(index: number): number {
    return this.request.lengths[index]!;
  }

  /** The bytes of an argument, not copied: valid while the command runs. */
  bytes(index: number): Uint8Array {
    const start = this.start(index);
    return this.request.bytes.subarray(start, start + this.length(index));
  }

  /** The bytes of an argument, copied. */
  copy(index: number): Buffer {
    return Buffer.from(this.bytes(index));
  }

  /** An argument as UTF-8 text. */
  text(index: number): string {
    const { buffer, byteOffset } = this.request.bytes;
    return Buffer.from(buffer, byteOffset + this.start(index), this.length(index)).toString();
  }

  /** An argument with one character per byte, for use as a Map key. */
  latin1(index: number): string {
    return latin1(this.request.bytes, this.start(index), this.length(index));
  }

  /** True if the argument is `word` in any letter case; `word` must be in upper case. */
  is(index: number, word: string): boolean {
    if (index >= this.count || this.length(index) !== word.length) return false;
    const { bytes } = this.request;
    const start = this.start(index);
    for (let i = 0; i < word.length; i++) {
      let byte = bytes[start + i]!;
      if (byte >= 97 && byte <= 122) byte -= 32;
      if (byte !== word.charCodeAt(i)) return false;
    }
    return true;
  }

  /** True if two arguments are the same bytes. */
  same(index: number, other: number): boolean {
    const length = this.length(index);
    if (length !== this.length(other)) return false;
    const { bytes } = this.request;
    const start = this.start(index);
    const from = this.start(other);
    for (let i = 0; i < length; i++) if (bytes[start + i] !== bytes[from + i]) return false;
    return true;
  }

  /**
   * A 64-bit signed integer as a double: exact up to 2^53, rounded beyond. For indexes and counts.
   * @throws errors.notInteger, or what is passed.
   */
  integer(index: number, error: CommandError = errors.notInteger): number {
    const value = parseInteger(this.request.bytes, this.start(index), this.length(index));
    if (Number.isNaN(value)) throw error;
    return value;
  }

  /** A 64-bit signed integer, exact. @throws errors.notInteger, or what is passed. */
  integer64(index: number, error: CommandError = errors.notInteger): bigint {
    const value = parseInteger64(this.request.bytes, this.start(index), this.length(index));
    if (value === undefined) throw error;
    return value;
  }

  /** A 32-bit signed integer. @throws errors.notInteger, or the error that says between what it must be. */
  int(index: number): number {
    const value = this.integer(index);
    if (value < INT_MIN || value > INT_MAX) throw outsideRange(INT_MIN, INT_MAX);
    return value;
  }

  /** A double, infinite ones included. @throws errors.notFloat, or what is passed. */
  double(index: number, error: CommandError = errors.notFloat): number {
    const short = parseShortDecimal(this.request.bytes, this.start(index), this.length(index));
    if (!Number.isNaN(short)) return short;
    const value = parseDouble(this.latin1(index));
    if (Number.isNaN(value)) throw error;
    return value;
  }
}
