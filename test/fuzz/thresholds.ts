import { LONGEST_PACKED } from './elements.ts';

/** Settings so small that a few commands take a value across each threshold. */
export const SMALL_THRESHOLDS: Readonly<Record<string, string>> = {
  'hash-max-listpack-entries': '5',
  'hash-max-listpack-value': String(LONGEST_PACKED),
  'zset-max-listpack-entries': '5',
  'zset-max-listpack-value': String(LONGEST_PACKED),
  'set-max-intset-entries': '5',
  'list-max-listpack-size': '3',
  'hll-sparse-max-bytes': '60',
  'stream-node-max-entries': '4',
};
