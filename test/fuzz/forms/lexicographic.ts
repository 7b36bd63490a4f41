import { element, index } from '../elements.ts';
import { type Form, form, intact, together } from '../form.ts';
import { maybe, type Piece, some, words } from '../words.ts';
import { lexBound } from './scores.ts';

const limit = maybe('LIMIT', index, index);

/**
 * Ranges of members are defined where all scores are equal; elsewhere a skiplist answers by chance. So each comes with a
 * sorted set of its own.
 */
export const lexicographic: readonly Form[] = [
  ofEqualScores('ZRANGEBYLEX', 'z1', lexBound, lexBound, limit),
  ofEqualScores('ZREVRANGEBYLEX', 'z1', lexBound, lexBound, limit),
  ofEqualScores('ZRANGE', 'z1', lexBound, lexBound, 'BYLEX', maybe('REV'), limit),
  ofEqualScores('ZRANGESTORE', 'z2', 'z1', lexBound, lexBound, 'BYLEX', maybe('REV'), limit),
  ofEqualScores('ZLEXCOUNT', 'z1', lexBound, lexBound),
  ofEqualScores('ZREMRANGEBYLEX', 'z1', lexBound, lexBound),
];

function ofEqualScores(name: string, ...pieces: readonly Piece[]): Form {
  const fill = intact('ZADD', 'z1', some(10, words('0', element)));
  return together(intact('DEL', 'z1'), fill, form(name, ...pieces));
}
