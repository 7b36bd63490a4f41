import fc from 'fast-check';
import { type Form, form } from '../form.ts';
import { keyOf } from '../keys.ts';
import * as v from '../values.ts';
import { maybe, some, upTo, type Words, words } from '../words.ts';

const key = keyOf('strings');
const bit = fc.constantFrom('0', '1', '1', '2', 'x');
const smallOffset = fc.oneof(
  fc.integer({ min: 0, max: 300 }).map(String),
  v.offset.map((text) => text.replace('4294967296', '99999999999')),
);
const range = words(v.offset, v.offset, maybe(fc.constantFrom('BIT', 'BYTE', 'FOO')));

const fieldType = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.tuple(fc.constantFrom('u', 'i'), fc.integer({ min: 1, max: 63 })).map((t) => t.join('')),
  },
  { weight: 1, arbitrary: fc.constantFrom('i64', 'i64', 'u64', 'i0', 'i65', 'x8', 'u') },
);
const fieldOffset = fc.oneof(
  smallOffset,
  fc.integer({ min: 0, max: 9 }).map((index) => `#${index}`),
);
const fieldRead = words('GET', fieldType, fieldOffset);
const fieldStep: Words = fc.oneof(
  fieldRead,
  words('SET', fieldType, fieldOffset, v.fieldValue),
  words('INCRBY', fieldType, fieldOffset, v.integer),
  words('OVERFLOW', fc.constantFrom('WRAP', 'SAT', 'FAIL', 'FOO')),
);

export const bits: readonly Form[] = [
  form('GETBIT', key, smallOffset),
  form('BITCOUNT', key, maybe(range)),
  form('BITPOS', key, bit, maybe(v.offset)),
  form('BITPOS', key, bit, range),
  form('BITFIELD_RO', key, upTo(3, fieldRead)),
  form('SETBIT', key, smallOffset, bit),
  form('BITOP', fc.constantFrom('AND', 'OR', 'XOR', 'NOT', 'FOO'), key, some(3, key)),
  form('BITFIELD', key, upTo(4, fieldStep)),
];
