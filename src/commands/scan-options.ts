import { globMatch } from '../config/glob.ts';
import { errors } from '../errors.ts';
import type { Arguments } from './arguments.ts';

const STAR = 42;
const DEFAULT_COUNT = 10;
const MAX_CURSOR = 2n ** 64n - 1n;

/** Steps of a walk that one call may take for each key or element that was asked for. */
export const STEPS_PER_ELEMENT = 10;

/** A glob, or undefined for the one that everything matches. */
export const patternAt = (args: Arguments, index: number): Uint8Array | undefined => {
  const pattern = args.bytes(index);
  return pattern.length === 1 && pattern[0] === STAR ? undefined : pattern;
};

/** True if `bytes[start..start + length)` matches the glob, or there is none. */
export const matchesPattern = (
  pattern: Uint8Array | undefined,
  bytes: Uint8Array,
  start: number,
  length: number,
): boolean => pattern === undefined || globMatch(pattern, bytes, start, length);

/** As C's strtoul reads it, which takes a sign and nothing at all; a cursor of ours has 32 bits. */
export const cursorAt = (args: Arguments, index: number): number => {
  const text = args.latin1(index);
  if (text === '') return 0;
  if (!/^[+-]?\d+$/.test(text)) throw errors.invalidCursor;
  const value = BigInt(text);
  if (value > MAX_CURSOR || value < -MAX_CURSOR) throw errors.invalidCursor;
  return Number(BigInt.asUintN(32, value));
};

/** What a walk shows, and about how much of it at a time. */
export interface ScanOptions {
  count: number;
  pattern: Uint8Array | undefined;
  /** Name of a type in any letter case, as it was given (SCAN). */
  type: string | undefined;
  /** Fields without their values (HSCAN). */
  withoutValues: boolean;
}

/** Reads the options of SCAN (TYPE), HSCAN (NOVALUES), SSCAN and ZSCAN from argument `first` on. */
export const scanOptions = (
  args: Arguments,
  first: number,
  allowed: 'TYPE' | 'NOVALUES' | '',
): ScanOptions => {
  const options: ScanOptions = {
    count: DEFAULT_COUNT,
    pattern: undefined,
    type: undefined,
    withoutValues: false,
  };
  for (let i = first; i < args.count; i += 2) {
    if (allowed === 'NOVALUES' && args.is(i, 'NOVALUES')) {
      options.withoutValues = true;
      i--;
      continue;
    }
    if (i + 1 === args.count) throw errors.syntax;
    if (args.is(i, 'COUNT')) {
      options.count = args.integer(i + 1);
      if (options.count < 1) throw errors.syntax;
    } else if (args.is(i, 'MATCH')) options.pattern = patternAt(args, i + 1);
    else if (allowed === 'TYPE' && args.is(i, 'TYPE')) options.type = args.latin1(i + 1);
    else throw errors.syntax;
  }
  return options;
};
