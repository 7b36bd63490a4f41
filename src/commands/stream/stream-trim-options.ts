import { errors } from '../../errors.ts';
import { StreamId } from '../../keyspace/stream/stream-id.ts';
import type { StreamTrim } from '../../keyspace/stream/stream-trim.ts';
import type { Arguments } from '../arguments.ts';
import type { Call } from '../command.ts';
import { idAt, isSign, openIdAt } from './stream-ids.ts';

/** Nodes' worth of entries that an approximate trimming removes at the most, if no LIMIT is told. */
const LIMIT_IN_NODES = 100;
const DEFAULT_LIMIT = 10_000;
const MAX_DEFAULT_LIMIT = 1_000_000;

/** The options of XADD and XTRIM; one of these is reused for every call. */
export class StreamTrimOptions implements StreamTrim {
  maxLength: number | undefined;
  readonly minId = new StreamId();
  approximate = false;
  limit = 0;
  /** Whether anything is to be trimmed. */
  trims = false;

  /** XADD only: no stream is made. */
  noMakeStream = false;
  /** XADD only: the id is `*`. */
  makesId = false;
  /** XADD only: the id is `ms-*`. */
  makesSequence = false;
  /** XADD only: the id that was given. */
  readonly id = new StreamId();

  #limit: number | undefined;

  /** Reads the options of XTRIM. @throws CommandError */
  readTrim(call: Call): void {
    this.#reset();
    const { args } = call;
    for (let i = 2; i < args.count; ) {
      const next = this.#readOption(args, i);
      if (next === i) throw errors.syntax;
      i = next;
    }
    this.#check(call, true);
  }

  /** Reads the options of XADD and its id. @returns the argument behind the id. @throws CommandError */
  readAdd(call: Call): number {
    this.#reset();
    const { args } = call;
    let i = 2;
    while (i < args.count && !isSign(args, i, '*')) {
      const next = this.#readOption(args, i);
      if (next > i) i = next;
      else if (args.is(i, 'NOMKSTREAM')) {
        this.noMakeStream = true;
        i++;
      } else {
        this.makesSequence = openIdAt(args, i, this.id);
        this.makesId = false;
        break;
      }
    }
    this.#check(call, false);
    return i + 1;
  }

  #reset(): void {
    this.maxLength = undefined;
    this.approximate = false;
    this.trims = false;
    this.noMakeStream = false;
    this.makesId = true;
    this.makesSequence = false;
    this.#limit = undefined;
  }

  /** Reads the option that begins at `index`. @returns the argument behind it; `index` if there is none. */
  #readOption(args: Arguments, index: number): number {
    if (index + 1 >= args.count) return index;
    if (args.is(index, 'MAXLEN')) {
      const at = this.#readStrategy(args, index);
      this.maxLength = args.integer(at);
      if (this.maxLength < 0) throw errors.streamMaxLength;
      return at + 1;
    }
    if (args.is(index, 'MINID')) {
      const at = this.#readStrategy(args, index);
      idAt(args, at, this.minId);
      return at + 1;
    }
    if (!args.is(index, 'LIMIT')) return index;
    this.#limit = args.integer(index + 1);
    if (this.#limit < 0) throw errors.streamLimit;
    return index + 2;
  }

  /** Reads what may stand before a threshold: `=` or `~`. @returns where that is. */
  #readStrategy(args: Arguments, index: number): number {
    if (this.trims) throw errors.streamTwoStrategies;
    this.trims = true;
    if (index + 2 >= args.count) return index + 1;
    this.approximate = isSign(args, index + 1, '~');
    return this.approximate || isSign(args, index + 1, '=') ? index + 2 : index + 1;
  }

  #check({ settings }: Call, needsStrategy: boolean): void {
    if (this.#limit !== undefined && this.#limit > 0 && !this.trims) throw errors.streamLimitAlone;
    if (needsStrategy && !this.trims) throw errors.streamNoStrategy;
    if (this.#limit !== undefined && !this.approximate) throw errors.streamLimitExact;
    this.limit = this.approximate ? (this.#limit ?? defaultLimit(settings.values.streamNodeMaxEntries)) : 0;
  }
}

const defaultLimit = (nodeEntries: number): number =>
  nodeEntries > 0 ? Math.min(LIMIT_IN_NODES * nodeEntries, MAX_DEFAULT_LIMIT) : DEFAULT_LIMIT;
