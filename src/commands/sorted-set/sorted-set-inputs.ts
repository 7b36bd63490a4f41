import { atLeastOneKey, errors } from '../../errors.ts';
import { TYPE_SET, TYPE_SORTED_SET, typeOf } from '../../keyspace/entry.ts';
import type { Aggregate, Weighted } from '../../keyspace/sorted-set/sorted-set-algebra.ts';
import {
  NO_MEMBERS,
  type SortedSetInput,
  SortedSetWalk,
  UnscoredWalk,
} from '../../keyspace/sorted-set/sorted-set-input.ts';
import type { Arguments } from '../arguments.ts';
import type { Call } from '../command.ts';
import { numkeysAt } from '../numkeys.ts';

/** The members of the key that argument `index` is: those of a set have the score 1. @throws errors.wrongType */
const inputAt = ({ args, database, keyspace }: Call, index: number): SortedSetInput => {
  const entry = database.read(args.buffer, args.start(index), args.length(index));
  if (entry === 0) return NO_MEMBERS;
  const type = typeOf(keyspace.arena, entry);
  if (type === TYPE_SORTED_SET) return new SortedSetWalk(keyspace.sortedSets.openBeside(entry));
  if (type === TYPE_SET) return new UnscoredWalk(keyspace.sets, entry);
  throw errors.wrongType;
};

/** Reads the inputs whose number is argument `numberAt`. @throws CommandError */
export const inputsAt = (call: Call, numberAt: number): SortedSetInput[] => {
  const count = numkeysAt(call.args, numberAt, { notPositive: atLeastOneKey(call.command.name) });
  return Array.from({ length: count }, (_, i) => inputAt(call, numberAt + 1 + i));
};

/** What may stand behind the keys of a command that combines sorted sets. */
export interface InputOptions {
  readonly inputs: readonly Weighted[];
  readonly aggregate: Aggregate;
  readonly withScores: boolean;
}

/**
 * Reads the options from argument `first` on.
 * @param weighs WEIGHTS and AGGREGATE are known.
 * @param shows WITHSCORES is.
 * @throws errors.syntax, errors.weightNotFloat
 */
export const inputOptions = (
  args: Arguments,
  first: number,
  inputs: readonly SortedSetInput[],
  weighs: boolean,
  shows: boolean,
): InputOptions => {
  let weights: readonly number[] | undefined;
  let aggregate: Aggregate = 'sum';
  let withScores = false;
  for (let i = first; i < args.count; i++) {
    if (weighs && args.is(i, 'WEIGHTS') && i + inputs.length < args.count) {
      const weightsAt = i + 1;
      weights = inputs.map((_, at) => args.double(weightsAt + at, errors.weightNotFloat));
      i += inputs.length;
    } else if (weighs && args.is(i, 'AGGREGATE') && i + 1 < args.count) aggregate = aggregateAt(args, ++i);
    else if (shows && args.is(i, 'WITHSCORES')) withScores = true;
    else throw errors.syntax;
  }
  const weighted = inputs.map((input, at) => ({ input, weight: weights?.[at] ?? 1 }));
  return { inputs: weighted, aggregate, withScores };
};

const aggregateAt = (args: Arguments, index: number): Aggregate => {
  if (args.is(index, 'SUM')) return 'sum';
  if (args.is(index, 'MIN')) return 'min';
  if (args.is(index, 'MAX')) return 'max';
  throw errors.syntax;
};
