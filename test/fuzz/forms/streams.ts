import fc from 'fast-check';
import { count, element } from '../elements.ts';
import { type Form, form } from '../form.ts';
import { keyOf } from '../keys.ts';
import { among, maybe, some, upTo, type Words, words } from '../words.ts';
import { entryId, idBound, newId } from './stream-ids.ts';

const key = keyOf('streams');
const field = among('a', 'b', 'c');
const fields = fc.oneof(words('a', element, 'b', element), some(3, words(field, element)));

const trimLimit = maybe('LIMIT', count);
const exactTrim = fc.oneof(
  words('MAXLEN', maybe('='), count),
  words('MINID', maybe('='), entryId),
  words(among('MAXLEN', 'MINID'), '=', count, trimLimit),
);
const roughTrim = fc.oneof(words('MAXLEN', '~', count, trimLimit), words('MINID', '~', entryId, trimLimit));
const trim = fc.oneof({ weight: 2, arbitrary: exactTrim }, roughTrim);

/** `key [key ...] id [id ...]`. */
export function keysAndIds(id: fc.Arbitrary<string>): Words {
  return fc
    .array(fc.tuple(key, id), { minLength: 1, maxLength: 3 })
    .map((pairs) => [...pairs.map(([name]) => name), ...pairs.map(([, after]) => after)]);
}

export const streams: readonly Form[] = [
  form('XADD', key, newId, fields),
  form('XADD', key, newId, fields),
  form('XADD', key, newId, fields),
  form('XADD', key, newId, fields),
  form('XADD', key, newId, fields),
  form('XADD', key, upTo(2, fc.oneof(words('NOMKSTREAM'), trim)), newId, fields),
  form('XLEN', key),
  form('XRANGE', key, idBound, idBound, maybe('COUNT', count)),
  form('XREVRANGE', key, idBound, idBound, maybe('COUNT', count)),
  form('XDEL', key, some(3, entryId)),
  form('XTRIM', key, trim),
  form('XREAD', maybe('COUNT', count), 'STREAMS', keysAndIds(fc.oneof(entryId, among('$', '0')))),
  form('XREAD', 'BLOCK', among('1', '1', '-1', 'x'), 'STREAMS', keysAndIds(among('$', '9', '0'))),
  form(
    'XSETID',
    key,
    entryId,
    maybe('ENTRIESADDED', among('0', '3', '5000000000', '-1', 'x'), 'MAXDELETEDID', entryId),
  ),
  form('XINFO', 'STREAM', key),
  form('XINFO', 'STREAM', key, 'FULL', maybe('COUNT', count)),
];
