import { type CommandError, errors } from '../errors.ts';
import type { Arguments } from './arguments.ts';

/**
 * The number of keys that argument `index` tells; they follow it.
 * @throws errors.notInteger, `notPositive` if there are none, errors.syntax if there are less arguments than that.
 */
export const numkeysAt = (args: Arguments, index: number, notPositive: CommandError): number => {
  const count = args.integer(index);
  if (count < 1) throw notPositive;
  if (index + count >= args.count) throw errors.syntax;
  return count;
};

/** For an entry's `findKeys`: the keys behind the number of them at `index`, and those at fixed places before it. */
export const keysBehindNumber =
  (index: number, ...before: readonly number[]) =>
  (args: Arguments): number[] => {
    const count = args.count > index ? args.integer(index) : 0;
    if (!(count >= 1 && index + count < args.count)) return [];
    return [...before, ...Array.from({ length: count }, (_, i) => index + 1 + i)];
  };
