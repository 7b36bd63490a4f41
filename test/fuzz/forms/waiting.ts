import fc from 'fast-check';
import { count, numbered } from '../elements.ts';
import { type Form, intact } from '../form.ts';
import { keyOf } from '../keys.ts';
import { among, maybe, some } from '../words.ts';
import { keysAndIds } from './streams.ts';

const list = keyOf('lists');
const sortedSet = keyOf('sortedSets');
const side = among('LEFT', 'RIGHT');
const end = among('MIN', 'MAX');
const consumer = among('c', 'd');

/** Commands that wait for a list to appear, for as long as it takes. */
export const waitingForLists: readonly Form[] = [
  intact('BLPOP', some(3, list), '0'),
  intact('BRPOP', some(3, list), '0'),
  intact('BRPOPLPUSH', list, list, '0'),
  intact('BLMOVE', list, list, side, side, '0'),
  intact('BLMPOP', '0', numbered(list), side, maybe('COUNT', count)),
];

/** The same for sorted sets. */
export const waitingForSortedSets: readonly Form[] = [
  intact('BZPOPMIN', some(3, sortedSet), '0'),
  intact('BZPOPMAX', some(3, sortedSet), '0'),
  intact('BZMPOP', '0', numbered(sortedSet), end, maybe('COUNT', count)),
];

/** The same for entries of streams. */
export const waitingForStreams: readonly Form[] = [
  intact('XREAD', maybe('COUNT', count), 'BLOCK', '0', 'STREAMS', keysAndIds(among('$', '$', '1-5', '2'))),
  intact('XREADGROUP', 'GROUP', 'g', consumer, 'BLOCK', '0', 'STREAMS', keysAndIds(fc.constant('>'))),
];
