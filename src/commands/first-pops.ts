import { errors } from '../errors.ts';
import type { Arguments } from './arguments.ts';
import { timeoutAt } from './blocking.ts';
import { writableCollection } from './collection-access.ts';
import type { Call, Handler } from './command.ts';
import { numkeysAt } from './numkeys.ts';

/** The side of a collection from which elements are popped: an end of a list, the lowest or highest scores. */
interface Pops<Side> {
  /** Type code of the collections. */
  readonly type: number;
  /** The side that a word names. @throws errors.syntax */
  readonly sideAt: (args: Arguments, index: number) => Side;
  /** Pops one element and replies with it, behind the name of its key: with both (BLPOP, BZPOPMIN). */
  readonly popOne: (call: Call, entry: number, side: Side, keyIndex: number) => void;
  /** Pops up to `count` elements and replies with an array of them (LMPOP, ZMPOP). */
  readonly popSome: (call: Call, entry: number, side: Side, count: number) => void;
}

interface PopRequest<Side> {
  readonly keys: number;
  readonly side: Side;
  readonly count: number;
}

/** The handlers of the commands that pop from the first of several collections that is there, or wait for one. */
export class FirstPops<Side> {
  readonly #pops: Pops<Side>;

  constructor(pops: Pops<Side>) {
    this.#pops = pops;
  }

  /** `key [key ...] timeout`: pops one element, and waits for it if there is none. */
  one(side: Side): Handler {
    return (call) => {
      const { args } = call;
      const timeout = timeoutAt(call, args.count - 1);
      const last = args.count - 2;
      for (let i = 1; i <= last; i++) {
        const entry = this.#collectionAt(call, i);
        if (entry !== 0) return this.#pops.popOne(call, entry, side, i);
      }
      if (!call.block(this.#pops.type, 1, last, timeout)) call.reply.nullArray();
    };
  }

  /** `numkeys key [key ...] <side> [COUNT count]`: pops some elements. */
  readonly some: Handler = (call) => {
    if (!this.#popFromFirst(call, 1, this.#request(call.args, 1))) call.reply.nullArray();
  };

  /** `timeout numkeys key [key ...] <side> [COUNT count]`: pops some elements, and waits if there are none. */
  readonly someOrWait: Handler = (call) => {
    const request = this.#request(call.args, 2);
    const timeout = timeoutAt(call, 1);
    if (this.#popFromFirst(call, 2, request)) return;
    if (!call.block(this.#pops.type, 3, 2 + request.keys, timeout)) call.reply.nullArray();
  };

  /** The collection of a key argument if that is to be looked at now; 0 if not, or if it is not there. */
  #collectionAt(call: Call, index: number): number {
    return call.isReady(index) ? writableCollection(call, index, this.#pops.type) : 0;
  }

  #request(args: Arguments, numberAt: number): PopRequest<Side> {
    const notPositive = errors.numkeysNotPositive;
    const keys = numkeysAt(args, numberAt, { notPositive, notInteger: notPositive });
    const sideIndex = numberAt + keys + 1;
    const side = this.#pops.sideAt(args, sideIndex);
    let count = 0;
    for (let i = sideIndex + 1; i < args.count; i += 2) {
      if (count !== 0 || !args.is(i, 'COUNT') || i + 1 === args.count) throw errors.syntax;
      count = args.integer(i + 1, errors.countNotPositive);
      if (count < 1) throw errors.countNotPositive;
    }
    return { keys, side, count: Math.max(count, 1) };
  }

  #popFromFirst(call: Call, numberAt: number, { keys, side, count }: PopRequest<Side>): boolean {
    const { args, reply } = call;
    for (let i = numberAt + 1; i <= numberAt + keys; i++) {
      const entry = this.#collectionAt(call, i);
      if (entry === 0) continue;
      reply.array(2);
      reply.bulk(args.buffer, args.start(i), args.length(i));
      this.#pops.popSome(call, entry, side, count);
      return true;
    }
    return false;
  }
}
