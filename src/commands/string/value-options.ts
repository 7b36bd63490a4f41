import { errors } from '../../errors.ts';
import { KEEP_EXPIRY, NO_EXPIRY } from '../../keyspace/database.ts';
import type { Arguments } from '../arguments.ts';
import type { Call } from '../command.ts';
import { expiryAt } from '../expire-time.ts';

/** The words that may stand behind SET and GETEX. */
export const NX = 1;
export const XX = 2;
export const GET = 4;
export const KEEPTTL = 8;
export const PERSIST = 16;
export const EX = 32;
export const PX = 64;
export const EXAT = 128;
export const PXAT = 256;
const TIMES = EX | PX | EXAT | PXAT;

/** What each stands for, and what it cannot stand beside. */
const OPTIONS = [
  { word: 'EX', flag: EX, excludes: (TIMES & ~EX) | KEEPTTL | PERSIST },
  { word: 'PX', flag: PX, excludes: (TIMES & ~PX) | KEEPTTL | PERSIST },
  { word: 'NX', flag: NX, excludes: XX },
  { word: 'XX', flag: XX, excludes: NX },
  { word: 'GET', flag: GET, excludes: 0 },
  { word: 'EXAT', flag: EXAT, excludes: (TIMES & ~EXAT) | KEEPTTL | PERSIST },
  { word: 'PXAT', flag: PXAT, excludes: (TIMES & ~PXAT) | KEEPTTL | PERSIST },
  { word: 'KEEPTTL', flag: KEEPTTL, excludes: TIMES | PERSIST },
  { word: 'PERSIST', flag: PERSIST, excludes: TIMES | KEEPTTL },
] as const;

export const SET_OPTIONS = TIMES | NX | XX | GET | KEEPTTL;
export const GETEX_OPTIONS = TIMES | PERSIST;

const optionAt = (args: Arguments, index: number) => {
  for (const option of OPTIONS) if (args.is(index, option.word)) return option;
  return undefined;
};

/** The options of a command that is running; one of these is reused for every call. */
export class ValueOptions {
  #flags = 0;
  /** The argument that holds the time. */
  #timeIndex = 0;

  /** Reads the arguments from `first` on. @param allowed the options that the command knows. @throws errors.syntax */
  read(args: Arguments, first: number, allowed: number): void {
    this.#flags = 0;
    for (let i = first; i < args.count; i++) {
      const option = optionAt(args, i);
      if (option === undefined || (allowed & option.flag) === 0) throw errors.syntax;
      if ((this.#flags & option.excludes) !== 0) throw errors.syntax;
      this.#flags |= option.flag;
      if ((option.flag & TIMES) === 0) continue;
      this.#timeIndex = ++i;
      if (i === args.count) throw errors.syntax;
    }
  }

  has(flag: number): boolean {
    return (this.#flags & flag) !== 0;
  }

  /** What is to become of the key's expiry: Unix milliseconds, KEEP_EXPIRY or NO_EXPIRY. @throws CommandError */
  expiry(call: Call): number {
    if (!this.has(TIMES)) return this.has(KEEPTTL) ? KEEP_EXPIRY : NO_EXPIRY;
    const base = this.has(EX | PX) ? Math.floor(call.keyspace.now) : 0;
    return expiryAt(call, this.#timeIndex, this.has(EX | EXAT) ? 1000 : 1, base);
  }
}
