import fc from 'fast-check';
import { index } from '../elements.ts';
import { type Form, form, intact, together } from '../form.ts';
import { keyOf, strayKey } from '../keys.ts';
import { among, maybe, upTo, words } from '../words.ts';

const key = fc.oneof(keyOf('lists'), keyOf('sets'), keyOf('sortedSets'));
/** Names with a number or a letter for the element: they meet keys of these tests now and then. */
const weight = among('h*->a', 'h*->1', 'h*', '*', 'z*', 'nosort', 'x*->');
const got = words('GET', among('#', '#', '*', 'h*->a', 'h*->b', 'l*', 'nokey'));
const limit = words('LIMIT', index, index);
const order = among('ASC', 'DESC').map((word) => [word]);
const option = fc.oneof(words('BY', weight), got, limit, order);
const plain = fc.oneof(got, limit, order, words('ALPHA'));

/** Redis's SORT takes an error for its own that a number too large left behind, in whatever command: this one clears it. */
const clearing = intact('GEOSEARCH', ...['nokey', 'FROMLONLAT', '1', '1', 'BYRADIUS', '1', 'km']);

const sorting: readonly Form[] = [
  form('SORT', key, upTo(3, plain)),
  form('SORT_RO', key, upTo(3, plain)),
  form('SORT', key, upTo(3, option)),
  form('SORT_RO', key, upTo(3, option)),
  form('SORT', key, 'BY', weight, 'ALPHA', upTo(2, got), maybe(order)),
  form('SORT', key, upTo(3, plain), 'STORE', keyOf('lists')),
  form('SORT', key, maybe('BY', among('h*->a', 'h*->1', '*')), upTo(2, got), 'STORE', keyOf('lists')),
  form('SORT', strayKey, 'ALPHA'),
];

export const sort: readonly Form[] = sorting.map((it) => together(clearing, it));
