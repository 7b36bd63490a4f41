import fc from 'fast-check';
import { count, element, index, numbered, shortWait } from '../elements.ts';
import { type Form, form } from '../form.ts';
import { keyOf } from '../keys.ts';
import { among, maybe, some, upTo, words } from '../words.ts';

const key = keyOf('lists');
const side = among('LEFT', 'RIGHT', 'LEFT', 'RIGHT', 'FOO');
const posOption = fc.oneof(words('RANK', index), words('COUNT', count), words('MAXLEN', count));

export const lists: readonly Form[] = [
  form('LPUSH', key, some(6, element)),
  form('RPUSH', key, some(6, element)),
  form('RPUSH', key, some(6, element)),
  form('LPUSHX', key, some(3, element)),
  form('RPUSHX', key, some(3, element)),
  form('LPOP', key, maybe(count)),
  form('RPOP', key, maybe(count)),
  form('LLEN', key),
  form('LRANGE', key, index, index),
  form('LINDEX', key, index),
  form('LSET', key, index, element),
  form('LINSERT', key, among('BEFORE', 'AFTER', 'BEFORE', 'AFTER', 'FOO'), element, element),
  form('LREM', key, index, element),
  form('LTRIM', key, index, index),
  form('LPOS', key, element, upTo(3, posOption)),
  form('RPOPLPUSH', key, key),
  form('LMOVE', key, key, side, side),
  form('LMPOP', numbered(key), side, maybe('COUNT', count)),
];

/** The same for clients that would wait. */
export const blockingLists: readonly Form[] = [
  form('BLPOP', some(3, key), shortWait),
  form('BRPOP', some(3, key), shortWait),
  form('BRPOPLPUSH', key, key, shortWait),
  form('BLMOVE', key, key, side, side, shortWait),
  form('BLMPOP', shortWait, numbered(key), side, maybe('COUNT', count)),
];
