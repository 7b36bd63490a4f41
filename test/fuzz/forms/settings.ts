import { type Form, form } from '../form.ts';
import { among } from '../words.ts';

const few = among('0', '2', '5', '8');
const short = among('0', '8', '10');

/** Thresholds that move while there is data on either side of them. */
export const settings: readonly Form[] = [
  form('CONFIG', 'SET', 'hash-max-listpack-entries', few),
  form('CONFIG', 'SET', 'hash-max-listpack-value', short),
  form('CONFIG', 'SET', 'zset-max-listpack-entries', few),
  form('CONFIG', 'SET', 'zset-max-listpack-value', short),
  form('CONFIG', 'SET', 'set-max-intset-entries', few),
  form('CONFIG', 'SET', 'list-max-listpack-size', among('-2', '-1', '1', '3', '5')),
  form('CONFIG', 'SET', 'stream-node-max-entries', among('0', '1', '3', '10')),
];
