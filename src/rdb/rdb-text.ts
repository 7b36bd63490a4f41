import type { ByteSlice } from '../memory/byte-slice.ts';
import { latin1 } from '../resp/latin1.ts';
import { integerLength, writeInteger } from '../resp/number.ts';

const MAX_DIGITS = 20;

/** The text that was read last; its bytes are those of the payload, or its own. One of these is reused for every text. */
export class RdbText implements ByteSlice {
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  length = 0;
  readonly #digits = new Uint8Array(MAX_DIGITS);

  set(bytes: Uint8Array, start: number, length: number): void {
    this.bytes = bytes;
    this.start = start;
    this.length = length;
  }

  /** Turns to the decimal form of an integer; a double must be a safe one. */
  setInteger(value: number | bigint): void {
    if (typeof value === 'number') {
      const length = integerLength(value);
      writeInteger(value, length, this.#digits, 0);
      this.set(this.#digits, 0, length);
      return;
    }
    const text = String(value);
    for (let i = 0; i < text.length; i++) this.#digits[i] = text.charCodeAt(i);
    this.set(this.#digits, 0, text.length);
  }

  /** The text, one character per byte. */
  latin1(): string {
    return latin1(this.bytes, this.start, this.length);
  }
}

/** Texts that are read one after the other. */
export interface TextSource {
  /** Reads the next text. @returns false if there is none. @throws BadPayload */
  next(into: RdbText): boolean;
}
