import { parseInteger } from '../resp/number.ts';
import type { Arguments } from './arguments.ts';
import type { Command, FixedKeys, KeyArgument, KeySpec, KeysBehindWord } from './command.ts';

/** Words of a key spec that say how keys are found, not what happens to them. */
const NOT_ACCESS = new Set(['variable_flags', 'incomplete', 'not_key']);

/** True if calls of the command may name keys. */
export const hasKeys = ({ entry }: Command): boolean =>
  entry.findKeys !== undefined || (entry.keys?.length ?? 0) > 0;

/** The keys that a call names, in order; undefined if the arguments do not fit the command's key specs. */
export const keyArguments = ({ entry }: Command, args: Arguments): KeyArgument[] | undefined => {
  if (entry.findKeys !== undefined) return entry.findKeys(args);
  const found: KeyArgument[] = [];
  for (const spec of entry.keys ?? []) {
    const access = entry.keyAccess?.(args) ?? accessOf(spec.flags);
    for (const index of indexesOf(spec, args)) found.push({ index, access });
  }
  return found.some(({ index }) => index >= args.count) ? undefined : found;
};

const accessOf = (flags: string): string =>
  flags
    .split(' ')
    .filter((word) => !NOT_ACCESS.has(word))
    .join(' ');

const indexesOf = (spec: KeySpec, args: Arguments): Iterable<number> => {
  if ('first' in spec) return fixedIndexes(spec, args.count);
  if ('numberAt' in spec) return numberedIndexes(spec.numberAt, args);
  return 'word' in spec ? indexesBehindWord(spec, args) : [];
};

/** A number that is none is taken for a key that is not there: the call does not fit. */
function* numberedIndexes(numberAt: number, args: Arguments): Generator<number> {
  const { buffer } = args;
  const count =
    numberAt < args.count ? parseInteger(buffer, args.start(numberAt), args.length(numberAt)) : Number.NaN;
  if (!(count >= 1 && numberAt + count < args.count)) yield args.count;
  else for (let i = 1; i <= count; i++) yield numberAt + i;
}

function* indexesBehindWord({ word, from, keys }: KeysBehindWord, args: Arguments): Generator<number> {
  for (let at = from; at + 1 < args.count; at++) {
    if (!args.is(at, word)) continue;
    const count = keys === 'one' ? 1 : Math.floor((args.count - at - 1) / 2);
    for (let i = 1; i <= count; i++) yield at + i;
    return;
  }
}

function* fixedIndexes({ first, last, step }: FixedKeys, count: number): Generator<number> {
  const end = last < 0 ? count + last : last;
  for (let index = first; index <= end; index += step) yield index;
}
