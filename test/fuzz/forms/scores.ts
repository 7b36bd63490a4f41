import fc from 'fast-check';
import { among } from '../words.ts';

const quarters = fc.integer({ min: -12, max: 40 }).map((n) => String(n / 4));

/** A sorted set's score: few different ones, so that many are equal; the ends of what a double holds, and what is none. */
export const score: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: among('0', '1', '2', '3') },
  { weight: 6, arbitrary: quarters },
  { weight: 1, arbitrary: among('inf', '-inf', '+inf', '1e300', '-1e300', '0.1', '-0', '1e-300', '1e17') },
  {
    weight: 1,
    arbitrary: among('nan', '1e400', '-1e400', 'x', '', ' 1', '1 ', '0x1p3', '1e-400', 'infinity'),
  },
);

/** A score without the infinities, whose sum and order of summing would tell servers apart. */
export const finiteScore: fc.Arbitrary<string> = fc.oneof(
  { weight: 16, arbitrary: quarters },
  { weight: 1, arbitrary: among('nan', '1e400', 'x', '', 'inf', '-inf') },
);

/** An end of a range of scores. */
export const scoreBound: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: quarters },
  { weight: 3, arbitrary: quarters.map((n) => `(${n}`) },
  { weight: 3, arbitrary: among('-inf', '+inf', '(-inf', '(+inf') },
  { weight: 1, arbitrary: among('x', '', '(', '((1', 'nan', '1e400', '[1') },
);

/** An end of a range of members. */
export const lexBound: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: among('[a', '(a', '[b', '(b', '[c', '(d', '[f', '[', '(', '[aa') },
  { weight: 4, arbitrary: among('-', '+') },
  { weight: 1, arbitrary: among('a', '', '*', '-a', '++') },
);
