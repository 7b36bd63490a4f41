import { errors } from '../../errors.ts';
import type { StreamId } from '../../keyspace/stream/stream-id.ts';
import { readStreamId } from '../../keyspace/stream/stream-id-text.ts';
import type { Arguments } from '../arguments.ts';

const OPENING = 40;

/** The sequence number that an id has if it tells none: 0, or the greatest. */
type Missing = 'least' | 'greatest';

/** True if the argument is just that character, such as `$`. */
export const isSign = (args: Arguments, index: number, sign: string): boolean =>
  args.length(index) === 1 && args.buffer[args.start(index)] === sign.charCodeAt(0);

/** Reads the id that an argument is; one without a sequence number has 0. @throws errors.streamId */
export const idAt = (args: Arguments, index: number, id: StreamId): void => read(args, index, 0, id, 'least');

/** As {@link idAt}, but takes `ms-*` as well. @returns true if it is that: its sequence number is 0. */
export const openIdAt = (args: Arguments, index: number, id: StreamId): boolean => {
  id.setLeast();
  const form = readStreamId(args.buffer, args.start(index), args.length(index), id);
  if (form === 'invalid') throw errors.streamId;
  return form === 'open';
};

/** As {@link idAt}, but takes `-` and `+`, the least and the greatest. */
export const boundAt = (args: Arguments, index: number, id: StreamId): void =>
  bound(args, index, id, 'least');

/**
 * Reads where a range begins: `-`, `+`, an id, or `(` and an id that is itself out.
 * @throws errors.streamId, errors.streamRangeStart
 */
export const rangeStartAt = (args: Arguments, index: number, id: StreamId): void => {
  if (!isExclusive(args, index)) return bound(args, index, id, 'least');
  read(args, index, 1, id, 'least');
  if (!id.increment()) throw errors.streamRangeStart;
};

/** Reads where a range ends, as {@link rangeStartAt}. @throws errors.streamId, errors.streamRangeEnd */
export const rangeEndAt = (args: Arguments, index: number, id: StreamId): void => {
  if (!isExclusive(args, index)) return bound(args, index, id, 'greatest');
  read(args, index, 1, id, 'greatest');
  if (!id.decrement()) throw errors.streamRangeEnd;
};

const isExclusive = (args: Arguments, index: number): boolean =>
  args.length(index) > 1 && args.buffer[args.start(index)] === OPENING;

const bound = (args: Arguments, index: number, id: StreamId, missing: Missing): void => {
  if (isSign(args, index, '-')) id.setLeast();
  else if (isSign(args, index, '+')) id.setGreatest();
  else read(args, index, 0, id, missing);
};

/** Reads the id that an argument is, without its first `skipped` bytes. */
const read = (args: Arguments, index: number, skipped: number, id: StreamId, missing: Missing): void => {
  if (missing === 'least') id.setLeast();
  else id.setGreatest();
  const form = readStreamId(args.buffer, args.start(index) + skipped, args.length(index) - skipped, id);
  if (form === 'invalid' || form === 'open') throw errors.streamId;
};
