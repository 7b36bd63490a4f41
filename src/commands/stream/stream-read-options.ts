import { errors } from '../../errors.ts';
import type { Call } from '../command.ts';

/** The options of XREAD and XREADGROUP; one of these is reused for every call. */
export class StreamReadOptions {
  /** Entries of each stream at the most; infinite if not told. */
  count = Number.POSITIVE_INFINITY;
  /** Milliseconds to wait, 0 for ever; undefined if the client does not want to. */
  block: number | undefined;
  /** XREADGROUP: what is read need not be acknowledged. */
  noAck = false;
  /** XREADGROUP: the argument that is the group, before the consumer; 0 if there is none. */
  group = 0;
  /** The argument that is the first key. The ids follow the keys. */
  firstKey = 0;
  /** Number of keys. */
  streams = 0;

  /** @throws CommandError */
  read(call: Call, isGroupRead: boolean): void {
    this.count = Number.POSITIVE_INFINITY;
    this.block = undefined;
    this.noAck = false;
    this.group = 0;
    this.firstKey = 0;
    for (let i = 1; this.firstKey === 0; ) i = this.#readOption(call, i, isGroupRead);
    if (isGroupRead && this.group === 0) throw errors.streamGroupMissing;
  }

  /** @returns the argument behind the option at `index`. */
  #readOption(call: Call, index: number, isGroupRead: boolean): number {
    const { args } = call;
    const left = args.count - index - 1;
    if (args.is(index, 'BLOCK') && left > 0) this.block = timeoutAt(call, index + 1);
    else if (args.is(index, 'COUNT') && left > 0) this.count = countAt(call, index + 1);
    else if (args.is(index, 'STREAMS') && left > 0) this.#readStreams(index + 1, left);
    else if (args.is(index, 'GROUP') && left > 1) {
      if (!isGroupRead) throw errors.streamGroupOfXread;
      this.group = index + 1;
      return index + 3;
    } else if (args.is(index, 'NOACK')) {
      if (!isGroupRead) throw errors.streamNoAckOfXread;
      this.noAck = true;
      return index + 1;
    } else throw errors.syntax;
    return index + 2;
  }

  #readStreams(first: number, count: number): void {
    if (count % 2 !== 0) throw errors.streamsUnbalanced;
    this.firstKey = first;
    this.streams = count / 2;
  }
}

const countAt = ({ args }: Call, index: number): number => {
  const count = args.integer(index);
  return count > 0 ? count : Number.POSITIVE_INFINITY;
};

const timeoutAt = ({ args }: Call, index: number): number => {
  const timeout = args.integer(index, errors.timeoutNotInteger);
  if (timeout < 0) throw errors.timeoutNegative;
  return timeout;
};
