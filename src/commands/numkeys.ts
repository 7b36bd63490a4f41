import { type CommandError, errors } from '../errors.ts';
import type { Arguments } from './arguments.ts';

/**
 * The number of keys that argument `index` tells; they follow it.
 * @throws errors.notInteger (or what is passed) if it is no number, `notPositive` if it is none of at least 1,
 * errors.syntax if there are less arguments than that.
 */
export const numkeysAt = (
  args: Arguments,
  index: number,
  notPositive: CommandError,
  notInteger: CommandError = errors.notInteger,
): number => {
  const count = args.integer(index, notInteger);
  if (count < 1) throw notPositive;
  if (index + count >= args.count) throw errors.syntax;
  return count;
};
