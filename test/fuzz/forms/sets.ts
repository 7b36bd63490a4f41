import fc from 'fast-check';
import { count, element, numbered, pattern, randomCount, smallInteger, wholeScan } from '../elements.ts';
import { type Form, form, intact, together } from '../form.ts';
import { keyOf } from '../keys.ts';
import { maybe, some } from '../words.ts';

const key = keyOf('sets');
const member = fc.oneof({ weight: 2, arbitrary: smallInteger }, element);

export const sets: readonly Form[] = [
  form('SADD', key, some(6, member)),
  form('SADD', key, some(6, smallInteger)),
  form('SREM', key, some(4, member)),
  form('SCARD', key),
  form('SMEMBERS', key),
  form('SISMEMBER', key, member),
  form('SMISMEMBER', key, some(4, member)),
  form('SMOVE', key, key, member),
  form('SINTER', some(3, key)),
  form('SUNION', some(3, key)),
  form('SDIFF', some(3, key)),
  form('SINTERSTORE', key, some(3, key)),
  form('SUNIONSTORE', key, some(3, key)),
  form('SDIFFSTORE', key, some(3, key)),
  form('SINTERCARD', numbered(key), maybe('LIMIT', count)),
  form('SRANDMEMBER', key, maybe(randomCount)),
  intact('SSCAN', key, wholeScan, maybe('MATCH', pattern)),
  ...pops(),
];

/** Which members SPOP takes is up to the server, so either all go, or the key goes afterwards. */
function pops(): Form[] {
  const some = fc.integer({ min: 0, max: 6 }).map(String);
  const all = fc.constantFrom('1000', '9223372036854775807', '0', '-1', 'x', '9223372036854775808');
  return ['t1', 't2'].flatMap((name) => [
    intact('SPOP', name, all),
    together(intact('SPOP', name, maybe(some)), intact('SCARD', name), intact('DEL', name)),
  ]);
}
