import fc from 'fast-check';
import * as v from './values.ts';

/** A command as sent: latin1 arguments. */
export type Command = readonly string[];

type Words = fc.Arbitrary<readonly string[]>;
type Piece = string | fc.Arbitrary<string> | Words;

const bit = fc.constantFrom('0', '1', '1', '2', 'x');
const smallOffset = fc.oneof(
  fc.integer({ min: 0, max: 300 }).map(String),
  v.offset.map((text) => text.replace('4294967296', '99999999999')),
);
const database = fc.constantFrom('0', '0', '0', '1', '1', '15', '16', '-1', 'x');
const pattern = fc.constantFrom('*', '?', '[ab]', '[^a]', 'a', '[a-c]*', '', '\\a', '*\r*');

/** Never in the past: SET then leaves a dead key, and DBSIZE depends on when the server comes to sweep it. */
const expiry: Words = fc.oneof(
  words('EX', v.seconds),
  words('PX', v.milliseconds),
  words('EXAT', v.secondsToCome),
  words('PXAT', v.millisecondsToCome),
);
const setOption: Words = fc.oneof(expiry, words(fc.constantFrom('NX', 'XX', 'GET', 'KEEPTTL', 'FOO')));
const getexOption: Words = fc.oneof(expiry, words(fc.constantFrom('PERSIST', 'PERSIST', 'KEEPTTL')));
const existence = upTo(1, words(fc.constantFrom('NX', 'XX')));
const condition = upTo(2, words(fc.constantFrom('NX', 'XX', 'GT', 'LT', 'FOO')));
const unit = upTo(1, words(fc.constantFrom('BIT', 'BYTE', 'FOO')));
const range = words(v.offset, v.offset, unit);

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
const lcsOption: Words = fc.oneof(
  words(fc.constantFrom('LEN', 'IDX', 'IDX', 'WITHMATCHLEN')),
  words('MINMATCHLEN', fc.integer({ min: -1, max: 4 }).map(String)),
);

const reads: readonly Words[] = [
  words('GET', v.key),
  words('MGET', some(3, words(v.key))),
  words('STRLEN', v.key),
  words('GETRANGE', v.key, v.offset, v.offset),
  words('SUBSTR', v.key, v.offset, v.offset),
  words('EXISTS', some(3, words(v.key))),
  words('TYPE', v.key),
  words('TTL', v.key),
  words('PTTL', v.key),
  words('EXPIRETIME', v.key),
  words('PEXPIRETIME', v.key),
  words('OBJECT', 'ENCODING', v.key),
  words('KEYS', pattern),
  words('SCAN', '0', 'COUNT', '1000', upTo(1, words('MATCH', pattern))),
  words('DBSIZE'),
  words('TOUCH', some(3, words(v.key))),
  words('LCS', v.key, v.key, upTo(3, lcsOption)),
  words('GETBIT', v.key, smallOffset),
  words('BITCOUNT', v.key, upTo(1, range)),
  words('BITPOS', v.key, bit, upTo(1, words(v.offset))),
  words('BITPOS', v.key, bit, range),
  words('BITFIELD_RO', v.key, upTo(3, fieldRead)),
  words('PING', upTo(1, words(v.value))),
  words('ECHO', v.value),
];

const writes: readonly Words[] = [
  words('SET', v.key, v.value),
  words('SET', v.key, v.value, upTo(3, setOption)),
  words('SETNX', v.key, v.value),
  words('SETEX', v.key, v.seconds, v.value),
  words('PSETEX', v.key, v.milliseconds, v.value),
  words('GETSET', v.key, v.value),
  words('GETDEL', v.key),
  words('GETEX', v.key, upTo(1, getexOption)),
  words('MSET', some(3, words(v.key, v.value))),
  words('MSETNX', some(3, words(v.key, v.value))),
  words('APPEND', v.key, v.value),
  words('SETRANGE', v.key, v.offset, v.value),
  words('INCR', v.key),
  words('DECR', v.key),
  words('INCRBY', v.key, v.integer),
  words('DECRBY', v.key, v.integer),
  words('INCRBYFLOAT', v.key, v.float),
  words('DEL', some(3, words(v.key))),
  words('UNLINK', some(3, words(v.key))),
  words('RENAME', v.key, v.key),
  words('RENAMENX', v.key, v.key),
  words('COPY', v.key, v.key, upTo(2, fc.oneof(words('DB', database), words('REPLACE')))),
  words('MOVE', v.key, database),
  words('PERSIST', v.key),
  words('EXPIRE', v.key, v.seconds, existence),
  words('PEXPIRE', v.key, v.milliseconds, existence),
  words('EXPIREAT', v.key, v.secondsAt, condition),
  words('PEXPIREAT', v.key, v.millisecondsAt, condition),
  words('SETBIT', v.key, smallOffset, bit),
  words('BITOP', fc.constantFrom('AND', 'OR', 'XOR', 'NOT', 'FOO'), v.key, some(3, words(v.key))),
  words('BITFIELD', v.key, upTo(4, fieldStep)),
];

const rare: readonly Words[] = [
  words('SELECT', database),
  words('SWAPDB', database, database),
  words('FLUSHDB'),
  words('FLUSHALL', fc.constantFrom('SYNC', 'ASYNC', 'FOO')),
  words('NOSUCH', upTo(3, words(v.value))),
  words('OBJECT', fc.constantFrom('NOSUCH', 'ENCODING'), upTo(2, words(v.key))),
];

const transaction: readonly Words[] = [
  words('MULTI'),
  words('EXEC'),
  words('EXEC'),
  words('DISCARD'),
  words('WATCH', some(2, words(v.key))),
  words('UNWATCH'),
];

const wellFormed = fc.oneof(
  { weight: 10, arbitrary: fc.oneof(...reads) },
  { weight: 12, arbitrary: fc.oneof(...writes) },
  { weight: 1, arbitrary: fc.oneof(...rare) },
  { weight: 3, arbitrary: fc.oneof(...transaction) },
);

/** A command, now and then with an argument too few or too many, or in lower case. */
export const anyCommand: Words = fc.oneof(
  { weight: 20, arbitrary: wellFormed },
  { weight: 1, arbitrary: wellFormed.map((argv) => (argv.length > 1 ? argv.slice(0, -1) : argv)) },
  { weight: 1, arbitrary: wellFormed.map((argv) => [...argv, 'extra']) },
  { weight: 1, arbitrary: wellFormed.map((argv) => argv.map((argument) => argument.toLowerCase())) },
);

function words(...pieces: readonly Piece[]): Words {
  const arbitraries: fc.Arbitrary<string | readonly string[]>[] = pieces.map((piece) =>
    typeof piece === 'string' ? fc.constant(piece) : piece,
  );
  return fc.tuple(...arbitraries).map((parts) => parts.flat());
}

function some(most: number, piece: Words): Words {
  return fc.array(piece, { minLength: 1, maxLength: most }).map((parts) => parts.flat());
}

function upTo(most: number, piece: Words): Words {
  return fc.array(piece, { maxLength: most }).map((parts) => parts.flat());
}
