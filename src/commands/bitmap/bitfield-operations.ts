import { errors } from '../../errors.ts';
import { parseInteger } from '../../resp/number.ts';
import type { Call } from '../command.ts';

/** What becomes of a number that does not fit into its field. */
export type Overflow = 'wrap' | 'sat' | 'fail';

/** The operations of one BITFIELD, one by one: they are read twice, to be checked and to be done. */
export class BitfieldOperations {
  kind: 'get' | 'set' | 'incrby' = 'get';
  signed = false;
  /** Width of the field. */
  bits = 0;
  /** Its first bit in the string. */
  offset = 0;
  /** What is to be set or added: 64 bits, signed. */
  value = 0n;
  overflow: Overflow = 'wrap';

  readonly #call: Call;
  /** The argument at which the next operation begins. */
  #next = 2;

  constructor(call: Call) {
    this.#call = call;
  }

  /** Begins with the first operation again. */
  restart(): void {
    this.#next = 2;
    this.overflow = 'wrap';
  }

  /** Reads the next operation. @returns false if there is none. @throws CommandError in Redis's wording and order */
  read(): boolean {
    const { args } = this.#call;
    while (args.is(this.#next, 'OVERFLOW') && this.#has(1)) this.#readOverflow();
    const at = this.#next;
    if (at === args.count) return false;
    if (args.is(at, 'GET') && this.#has(2)) this.kind = 'get';
    else if (args.is(at, 'SET') && this.#has(3)) this.kind = 'set';
    else if (args.is(at, 'INCRBY') && this.#has(3)) this.kind = 'incrby';
    else throw errors.syntax;
    this.#readType(at + 1);
    this.#readOffset(at + 2);
    if (this.kind !== 'get') this.value = args.integer64(at + 3);
    this.#next = at + (this.kind === 'get' ? 3 : 4);
    return true;
  }

  /** True if so many arguments follow. */
  #has(count: number): boolean {
    return this.#next + count < this.#call.args.count;
  }

  #readOverflow(): void {
    const { args } = this.#call;
    const index = this.#next + 1;
    if (args.is(index, 'WRAP')) this.overflow = 'wrap';
    else if (args.is(index, 'SAT')) this.overflow = 'sat';
    else if (args.is(index, 'FAIL')) this.overflow = 'fail';
    else throw errors.bitfieldOverflow;
    this.#next += 2;
  }

  #readType(index: number): void {
    const { args } = this.#call;
    const start = args.start(index);
    const length = args.length(index);
    const letter = length === 0 ? '' : String.fromCharCode(args.buffer[start]!);
    const bits = parseInteger(args.buffer, start + 1, Math.max(0, length - 1));
    this.signed = letter === 'i';
    this.bits = bits;
    const valid = (letter === 'i' || letter === 'u') && bits >= 1 && bits <= (this.signed ? 64 : 63);
    if (!valid) throw errors.bitfieldType;
  }

  /** `#3` counts in fields of the type. */
  #readOffset(index: number): void {
    const { args, settings } = this.#call;
    const start = args.start(index);
    const length = args.length(index);
    const counted = length > 0 && args.buffer[start] === 0x23;
    const number = parseInteger(args.buffer, counted ? start + 1 : start, counted ? length - 1 : length);
    this.offset = counted ? number * this.bits : number;
    // Written so that NaN is refused.
    const valid = this.offset >= 0 && Math.floor(this.offset / 8) < settings.values.protoMaxBulkLen;
    if (!valid) throw errors.bitOffset;
  }
}
