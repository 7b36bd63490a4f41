import fc from 'fast-check';
import { integer } from './values.ts';

/** `*-max-listpack-value` of these tests, and bytes about it. */
export const LONGEST_PACKED = 8;

const lengths = fc.constantFrom(LONGEST_PACKED - 1, LONGEST_PACKED, LONGEST_PACKED, LONGEST_PACKED + 1, 70);

/** Few small integers, as intsets hold them, and those where an intset's elements get wider. */
export const smallInteger: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: -3, max: 12 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('32767', '32768', '-32769', '2147483648', '-2147483649') },
);

/** What collections are filled with: the same few again and again, integers, and text about the longest that is packed. */
export const element: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g') },
  { weight: 6, arbitrary: smallInteger },
  { weight: 1, arbitrary: integer },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom('v', 'w'), lengths).map(([c, n]) => c.repeat(n)) },
  { weight: 1, arbitrary: fc.constantFrom('', 'a\xff', '\r\n', 'ab', 'A') },
);

/** An index into a collection of some elements: inside, just outside, far outside, and what is none. */
export const index: fc.Arbitrary<string> = fc.oneof(
  { weight: 16, arbitrary: fc.integer({ min: -9, max: 9 }).map(String) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '9223372036854775807',
      '-9223372036854775808',
      '9223372036854775808',
      '4294967296',
      '-4294967297',
      '1e3',
      'x',
      '',
    ),
  },
);

/** How many elements are wanted. */
export const count: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 0, max: 6 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('1000', '-1', '9223372036854775807', '9223372036854775808', 'x') },
);

/** Counts that make no server write millions of replies: `-n` asks for n elements, again and again the same. */
export const randomCount: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: -7, max: 12 }).map(String) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('9223372036854775807', '-9223372036854775808', '9223372036854775808', 'x'),
  },
);

const counted = (keys: readonly string[]): string[] => [String(keys.length), ...keys];

/** `numkeys key [key ...]`; seldom with a number that does not fit. */
export function numbered(key: fc.Arbitrary<string>, most = 3): fc.Arbitrary<readonly string[]> {
  const keys = fc.array(key, { minLength: 1, maxLength: most });
  const wrong = fc.constantFrom('0', '-1', '1', '4', 'x', '9223372036854775807');
  return fc.oneof(
    { weight: 15, arbitrary: keys.map(counted) },
    { weight: 1, arbitrary: fc.tuple(wrong, keys).map(([number, names]) => [number, ...names]) },
  );
}

/** `0` mostly: where a scan that sees everything at once begins; and cursors that are none. */
export const wholeScan = fc.oneof(
  { weight: 8, arbitrary: fc.constant(['0', 'COUNT', '1000']) },
  { weight: 1, arbitrary: fc.constantFrom(['x'], ['0', 'COUNT', '0'], ['0', 'COUNT', 'x'], ['0', 'FOO']) },
);

export const pattern = fc.constantFrom('*', '?', '[ab]', '[^a]', 'a', '[a-c]*', '', '\\a', '*\r*', '1*');

/** Seconds that a blocked client waits: so few that it is no wait, or none at all because they are refused. */
export const shortWait = fc.oneof(
  { weight: 6, arbitrary: fc.constant('0.001') },
  { weight: 1, arbitrary: fc.constantFrom('-1', 'x', '', '1e400', 'inf', 'nan', '1e30') },
);
