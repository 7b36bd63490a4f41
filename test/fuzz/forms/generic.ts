import fc from 'fast-check';
import { pattern } from '../elements.ts';
import { type Form, form } from '../form.ts';
import * as v from '../values.ts';
import { among, maybe, some, upTo, words } from '../words.ts';

const database = among('0', '0', '0', '1', '1', '15', '16', '-1', 'x');
const existence = maybe(among('NX', 'XX'));
const condition = upTo(2, among('NX', 'XX', 'GT', 'LT', 'FOO'));

/** What is done to keys of whatever type, to these keys. */
export function generic(key: fc.Arbitrary<string>): readonly Form[] {
  return [
    form('EXISTS', some(3, key)),
    form('TYPE', key),
    form('TTL', key),
    form('PTTL', key),
    form('EXPIRETIME', key),
    form('PEXPIRETIME', key),
    form('OBJECT', 'ENCODING', key),
    form('OBJECT', 'ENCODING', key),
    form('KEYS', pattern),
    form('SCAN', '0', 'COUNT', '1000', maybe('MATCH', pattern)),
    form(
      'SCAN',
      '0',
      'COUNT',
      '1000',
      'TYPE',
      among('string', 'list', 'hash', 'set', 'zset', 'stream', 'foo'),
    ),
    form('DBSIZE'),
    form('RANDOMKEY'),
    form('TOUCH', some(3, key)),
    form('DEL', some(3, key)),
    form('UNLINK', some(3, key)),
    form('RENAME', key, key),
    form('RENAMENX', key, key),
    form('COPY', key, key, upTo(2, fc.oneof(words('DB', database), words('REPLACE')))),
    form('COPY', key, key, 'REPLACE'),
    form('MOVE', key, database),
    form('PERSIST', key),
    form('EXPIRE', key, v.seconds, existence),
    form('PEXPIRE', key, v.milliseconds, existence),
    form('EXPIREAT', key, v.secondsAt, condition),
    form('PEXPIREAT', key, v.millisecondsAt, condition),
  ];
}

/** Databases, and commands that there are not. */
export function whole(key: fc.Arbitrary<string>): readonly Form[] {
  return [
    form('SELECT', database),
    form('SWAPDB', database, database),
    form('FLUSHDB'),
    form('FLUSHALL', among('SYNC', 'ASYNC', 'FOO')),
    form('NOSUCH', upTo(3, v.value)),
    form('OBJECT', among('NOSUCH', 'ENCODING'), upTo(2, key)),
  ];
}
