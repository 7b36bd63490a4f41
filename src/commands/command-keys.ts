import type { Arguments } from './arguments.ts';
import type { Command, KeySpec } from './command.ts';

/** A key among the arguments of a command, and what happens to it: `RO access` … */
export interface KeyArgument {
  readonly index: number;
  readonly access: string;
}

/** Words of a key spec that say how keys are found, not what happens to them. */
const NOT_ACCESS = new Set(['variable_flags', 'incomplete', 'not_key']);

/** True if calls of the command may name keys. */
export const hasKeys = ({ entry }: Command): boolean =>
  entry.findKeys !== undefined || (entry.keys?.length ?? 0) > 0;

/** The keys that a call names, in order; undefined if the arguments do not fit the command's key specs. */
export const keyArguments = ({ entry }: Command, args: Arguments): KeyArgument[] | undefined => {
  const specs = entry.keys ?? [];
  if (entry.findKeys !== undefined) {
    const access = accessOf(specs[0]?.flags ?? '');
    return entry.findKeys(args).map((index) => ({ index, access }));
  }
  const found: KeyArgument[] = [];
  for (const spec of specs) {
    const access = entry.keyAccess?.(args) ?? accessOf(spec.flags);
    for (const index of indexesOf(spec, args.count)) found.push({ index, access });
  }
  return found.some(({ index }) => index >= args.count) ? undefined : found;
};

const accessOf = (flags: string): string =>
  flags
    .split(' ')
    .filter((word) => !NOT_ACCESS.has(word))
    .join(' ');

function* indexesOf({ first, last, step }: KeySpec, count: number): Generator<number> {
  const end = last < 0 ? count + last : last;
  for (let index = first; index <= end; index += step) yield index;
}
