import fc from 'fast-check';
import { type Form, form } from '../form.ts';
import { keyOf } from '../keys.ts';
import { among, some, upTo } from '../words.ts';

const key = keyOf('hyperLogLogs');
const element = fc.oneof(fc.integer({ min: 0, max: 400 }).map(String), among('', 'a', 'b', '\xff\x00'));

export const hyperLogLogs: readonly Form[] = [
  form('PFADD', key, upTo(20, element)),
  form('PFADD', key, some(3, element)),
  form('PFCOUNT', some(3, key)),
  form('PFMERGE', key, upTo(3, key)),
  form('PFDEBUG', among('ENCODING', 'DECODE', 'TODENSE', 'FOO'), key),
];

/** Blows to the bytes of a HyperLogLog: what is left may be one or not. */
export const hyperLogLogDamage: readonly Form[] = [
  form('STRLEN', key),
  form(
    'SETRANGE',
    key,
    among('0', '3', '4', '5', '8', '15', '16', '17', '20'),
    among('H', 'X', '\x00', '\x01', '\xff'),
  ),
  form('APPEND', key, among('\x00', 'x')),
  form('SET', key, among('HYLL', 'HYLL\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x7f\xff', 'x')),
];
