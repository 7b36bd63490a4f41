import fc from 'fast-check';
import { among } from '../words.ts';

const EDGES = ['0-0', '0', '0-1', '18446744073709551615', '18446744073709551615-18446744073709551615'];
const NO_IDS = ['x', '', '1-x', '1-', '-1', '1-2-3', '18446744073709551616', '*'];

const whole = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 9 }))
  .map(([ms, sequence]) => `${ms}-${sequence}`);

/** The id of an entry that may be there: few, so that commands meet them. */
export const entryId: fc.Arbitrary<string> = fc.oneof(
  { weight: 16, arbitrary: whole },
  { weight: 2, arbitrary: among('1', '2', '3') },
  { weight: 1, arbitrary: among(...EDGES, ...NO_IDS.filter((text) => text !== '*')) },
);

/** The id of an entry to add. `*` is not among them: it is the time. */
export const newId: fc.Arbitrary<string> = fc.oneof(
  { weight: 24, arbitrary: among('1-*', '1-*', '1-*', '2-*', '2-*', '3-*') },
  { weight: 6, arbitrary: whole },
  { weight: 1, arbitrary: among(...EDGES, ...NO_IDS.filter((text) => text !== '*'), '0-*', 'x-*') },
);

/** An end of a range of ids. */
export const idBound: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: entryId },
  { weight: 2, arbitrary: entryId.map((id) => `(${id}`) },
  { weight: 4, arbitrary: among('-', '+', '-', '+', '(-', '(+') },
);
