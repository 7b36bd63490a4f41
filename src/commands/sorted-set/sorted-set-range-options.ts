import { errors } from '../../errors.ts';
import { LexRange } from '../../keyspace/sorted-set/lex-range.ts';
import { ScoreRange } from '../../keyspace/sorted-set/score-range.ts';
import type { SortedSetForm } from '../../keyspace/sorted-set/sorted-set-form.ts';
import type { Arguments } from '../arguments.ts';

/** What the limits of a range are. */
export type RangeKind = 'rank' | 'score' | 'lex';

/** What the name of a command says of its range; what it does not say is for BYSCORE, BYLEX and REV to say. */
export interface RangeCommand {
  readonly kind?: RangeKind;
  readonly backwards?: boolean;
  /** The range is to be stored: WITHSCORES has no meaning. */
  readonly stores?: boolean;
}

const scoreRange = new ScoreRange();
const lexRange = new LexRange();

/** Reads two limits of scores. @throws errors.rangeNotFloat */
export const scoreRangeAt = (args: Arguments, minIndex: number, maxIndex: number): ScoreRange => {
  const { buffer } = args;
  const isRange =
    scoreRange.readMin(buffer, args.start(minIndex), args.length(minIndex)) &&
    scoreRange.readMax(buffer, args.start(maxIndex), args.length(maxIndex));
  if (!isRange) throw errors.rangeNotFloat;
  return scoreRange;
};

/** Reads two limits of members. @throws errors.rangeNotString */
export const lexRangeAt = (args: Arguments, minIndex: number, maxIndex: number): LexRange => {
  const { buffer } = args;
  const isRange =
    lexRange.readMin(buffer, args.start(minIndex), args.length(minIndex)) &&
    lexRange.readMax(buffer, args.start(maxIndex), args.length(maxIndex));
  if (!isRange) throw errors.rangeNotString;
  return lexRange;
};

/** The range that a command asks for, and how it wants it. One of these is reused for every call. */
export class RangeRequest {
  kind: RangeKind = 'rank';
  backwards = false;
  withScores = false;
  /** After {@link locate}: rank of the first member, counted from the lowest score, and how many there are. */
  rank = 0;
  count = 0;

  #offset = 0;
  /** Negative: no limit. */
  #limit = -1;
  #start = 0;
  #stop = 0;
  #range: ScoreRange | LexRange = scoreRange;

  /** Reads the limits at `first` and `first + 1` and the options behind them. @throws CommandError */
  read(args: Arguments, first: number, { kind, backwards, stores }: RangeCommand): void {
    this.withScores = false;
    this.#offset = 0;
    this.#limit = -1;
    let kindAsked = kind;
    let backwardsAsked = backwards;
    for (let i = first + 2; i < args.count; i++) {
      if (!stores && args.is(i, 'WITHSCORES')) this.withScores = true;
      else if (args.is(i, 'LIMIT') && i + 2 < args.count) {
        this.#offset = args.integer(i + 1);
        this.#limit = args.integer(i + 2);
        i += 2;
      } else if (backwardsAsked === undefined && args.is(i, 'REV')) backwardsAsked = true;
      else if (kindAsked === undefined && args.is(i, 'BYLEX')) kindAsked = 'lex';
      else if (kindAsked === undefined && args.is(i, 'BYSCORE')) kindAsked = 'score';
      else throw errors.syntax;
    }
    this.kind = kindAsked ?? 'rank';
    this.backwards = backwardsAsked ?? false;
    this.#check();
    this.#readLimits(args, first);
  }

  /** Finds out which members are in the range. */
  locate(members: SortedSetForm): void {
    if (this.kind === 'rank') return this.#locateRanks(members.count);
    let from = this.#range.from(members);
    let to = this.#range.to(members);
    if (this.#offset < 0) to = from;
    else if (this.backwards) to -= this.#offset;
    else from += this.#offset;
    const count = Math.max(to - from, 0);
    this.count = this.#limit < 0 ? count : Math.min(count, this.#limit);
    this.rank = this.backwards ? to - this.count : from;
  }

  #check(): void {
    if (this.#limit !== -1 && this.kind === 'rank') throw errors.limitWithoutRange;
    if (this.withScores && this.kind === 'lex') throw errors.scoresByLex;
  }

  #readLimits(args: Arguments, first: number): void {
    if (this.kind === 'rank') {
      this.#start = args.integer(first);
      this.#stop = args.integer(first + 1);
      return;
    }
    const min = this.backwards ? first + 1 : first;
    const max = this.backwards ? first : first + 1;
    this.#range = this.kind === 'score' ? scoreRangeAt(args, min, max) : lexRangeAt(args, min, max);
  }

  #locateRanks(members: number): void {
    const from = Math.max(this.#start < 0 ? this.#start + members : this.#start, 0);
    const to = Math.min(this.#stop < 0 ? this.#stop + members : this.#stop, members - 1);
    this.count = Math.max(to - from + 1, 0);
    this.rank = this.backwards ? members - from - this.count : from;
  }
}
