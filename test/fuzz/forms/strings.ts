import fc from 'fast-check';
import { type Form, form } from '../form.ts';
import { keyOf } from '../keys.ts';
import * as v from '../values.ts';
import { maybe, some, upTo, type Words, words } from '../words.ts';

const key = keyOf('strings');

/** Never in the past: SET then leaves a dead key, and DBSIZE depends on when the server comes to sweep it. */
const expiry: Words = fc.oneof(
  words('EX', v.seconds),
  words('PX', v.milliseconds),
  words('EXAT', v.secondsToCome),
  words('PXAT', v.millisecondsToCome),
);
const setOption: Words = fc.oneof(expiry, words(fc.constantFrom('NX', 'XX', 'GET', 'KEEPTTL', 'FOO')));
const getexOption: Words = fc.oneof(expiry, words(fc.constantFrom('PERSIST', 'PERSIST', 'KEEPTTL')));
const lcsOption: Words = fc.oneof(
  words(fc.constantFrom('LEN', 'IDX', 'IDX', 'WITHMATCHLEN')),
  words('MINMATCHLEN', fc.integer({ min: -1, max: 4 }).map(String)),
);

export const strings: readonly Form[] = [
  form('GET', key),
  form('MGET', some(3, key)),
  form('STRLEN', key),
  form('GETRANGE', key, v.offset, v.offset),
  form('SUBSTR', key, v.offset, v.offset),
  form('LCS', key, key, upTo(3, lcsOption)),
  form('SET', key, v.value),
  form('SET', key, v.value, upTo(3, setOption)),
  form('SETNX', key, v.value),
  form('SETEX', key, v.seconds, v.value),
  form('PSETEX', key, v.milliseconds, v.value),
  form('GETSET', key, v.value),
  form('GETDEL', key),
  form('GETEX', key, maybe(getexOption)),
  form('MSET', some(3, words(key, v.value))),
  form('MSETNX', some(3, words(key, v.value))),
  form('APPEND', key, v.value),
  form('SETRANGE', key, v.offset, v.value),
  form('INCR', key),
  form('DECR', key),
  form('INCRBY', key, v.integer),
  form('DECRBY', key, v.integer),
  form('INCRBYFLOAT', key, v.float),
];
