import { type CommandError, errors } from '../errors.ts';
import type { Arguments } from './arguments.ts';

/** Commands differ in what they answer to a number of keys that is none. */
interface NumkeysErrors {
  /** It is less than 1. */
  readonly notPositive: CommandError;
  /** It is no integer; errors.notInteger if missing. */
  readonly notInteger?: CommandError;
  /** There are not so many arguments; errors.syntax if missing. */
  readonly tooFew?: CommandError;
}

/** The number of keys that argument `index` tells; they follow it. @throws what is passed */
export const numkeysAt = (
  args: Arguments,
  index: number,
  { notPositive, notInteger = errors.notInteger, tooFew = errors.syntax }: NumkeysErrors,
): number => {
  const count = args.integer(index, notInteger);
  if (count < 1) throw notPositive;
  if (index + count >= args.count) throw tooFew;
  return count;
};
