import fc from 'fast-check';

/** The names under which values of each type are kept: few, so that commands meet. */
const NAMES = {
  strings: ['a', 'b', 'c', 'd'],
  lists: ['l1', 'l2', 'l3'],
  hashes: ['h1', 'h2', 'h3'],
  sets: ['t1', 't2', 't3'],
  sortedSets: ['z1', 'z2', 'z3'],
  streams: ['x1', 'x2'],
  hyperLogLogs: ['p1', 'p2', 'p3'],
  geo: ['g1', 'g2'],
} as const;

export type Kind = keyof typeof NAMES;

export const KINDS = Object.keys(NAMES) as readonly Kind[];

/** Any key of any type. */
export const strayKey: fc.Arbitrary<string> = fc.constantFrom(...Object.values(NAMES).flat());

/** A key of this type; seldom one of another type, the empty one or a binary one. */
export function keyOf(kind: Kind): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 40, arbitrary: fc.constantFrom<string>(...NAMES[kind]) },
    { weight: 3, arbitrary: strayKey },
    { weight: 1, arbitrary: fc.constantFrom('', 'k\x00\xff\r\n') },
  );
}
