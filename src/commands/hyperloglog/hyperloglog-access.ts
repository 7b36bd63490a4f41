import { errors } from '../../errors.ts';
import { isHyperLogLog } from '../../keyspace/hyperloglog/hyperloglog-layout.ts';
import type { Call } from '../command.ts';
import { readString, writableString } from '../string/string-access.ts';

/**
 * The entry of the HyperLogLog at key argument `index`, or 0, for a command that reads it.
 * @throws errors.wrongType or errors.notHyperLogLog
 */
export const readSketch = (call: Call, index: number): number => requireSketch(call, readString(call, index));

/** As {@link readSketch}, for a command that is about to change it. */
export const writableSketch = (call: Call, index: number): number =>
  requireSketch(call, writableString(call, index));

const requireSketch = ({ keyspace }: Call, entry: number): number => {
  if (entry === 0) return 0;
  const { bytes, start, length } = keyspace.strings.view(entry);
  if (!isHyperLogLog(bytes, start, length)) throw errors.notHyperLogLog;
  return entry;
};
