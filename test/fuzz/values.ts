import fc from 'fast-check';

/** Arguments are latin1 strings: one character is one byte. */
type Argument = fc.Arbitrary<string>;

/** Few keys, so that commands meet; one is empty and one is binary. */
export const key: Argument = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom('a', 'b', 'c', 'd') },
  { weight: 1, arbitrary: fc.constantFrom('', 'k\x00\xff\r\n') },
);

const EDGES = ['9223372036854775807', '-9223372036854775808', '9223372036854775808', '-9223372036854775809'];
const NO_INTEGERS = ['', 'abc', '1.5', '01', '+1', ' 1', '1 ', '-', '-0', '1e3', '0x10', 'nan', '1\x00'];
const NO_FLOATS = ['', 'abc', ' 1', '1 ', '-', 'nan', 'inf', '1\x00', '1.5.2', '1e'];

/** Integers near zero mostly, the edges of 64 bits, and what is no integer. */
export const integer: Argument = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: -20, max: 20 }).map(String) },
  { weight: 2, arbitrary: fc.integer().map(String) },
  { weight: 2, arbitrary: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom(...EDGES) },
  { weight: 1, arbitrary: fc.constantFrom(...NO_INTEGERS) },
);

/**
 * Values for BITFIELD SET. Not below -2^61: there Redis's own check of signed fields overflows, and OVERFLOW SAT ends
 * at the wrong limit.
 */
export const fieldValue: Argument = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: -20, max: 300 }).map(String) },
  { weight: 3, arbitrary: fc.bigInt({ min: -(2n ** 61n), max: 2n ** 63n - 1n }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('9223372036854775807', '9223372036854775808', ...NO_INTEGERS) },
);

/** A position in a string: about where strings of this fuzz end, or far out of range. */
export const offset: Argument = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: -12, max: 70 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('1000', '-1000', '4294967296', '9223372036854775807', 'x', '') },
);

/** Quarters and tenths, in several notations, and what is no number. */
export const float: Argument = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -4000, max: 4000 }).map((quarters) => String(quarters / 4)) },
  { weight: 2, arbitrary: fc.constantFrom('0.1', '0.2', '-0.3', '1e3', '2.0e2', '.5', '5.', '+1.5', '1E2') },
  { weight: 1, arbitrary: fc.constantFrom(...NO_FLOATS) },
);

/** Values to store: numbers, raw bytes, and text around the 44 bytes that embstr holds. */
export const value: Argument = fc.oneof(
  { weight: 4, arbitrary: integer },
  { weight: 2, arbitrary: float },
  { weight: 4, arbitrary: bytesUpTo(12) },
  { weight: 1, arbitrary: fc.integer({ min: 40, max: 70 }).map((length) => 'v'.repeat(length)) },
);

/** Seconds from now, in steps so large that a moment's delay decides nothing; and what deletes or is refused. */
export const seconds: Argument = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('100', '1000', '100000') },
  { weight: 1, arbitrary: fc.constantFrom('0', '-1', 'x', '9223372036854775807', '9223372036854775') },
);

export const milliseconds: Argument = seconds.map((text) => (/^\d+00$/.test(text) ? `${text}000` : text));

/** Seconds since 1970, about the year 2100. */
export const secondsToCome: Argument = fc.constantFrom('4102444800', '4102444801', '4200000000');

/** The same in milliseconds. */
export const millisecondsToCome: Argument = fc.constantFrom(
  '4102444800000',
  '4102444800499',
  '4102444800500',
);

/** Seconds since 1970: times to come, times past, and what is refused. */
export const secondsAt: Argument = fc.oneof(
  { weight: 8, arbitrary: secondsToCome },
  { weight: 1, arbitrary: fc.constantFrom('1', '0', '-1', 'x', '9223372036854775807', '9223372036854776') },
);

/** The same in milliseconds. */
export const millisecondsAt: Argument = fc.oneof(
  { weight: 8, arbitrary: millisecondsToCome },
  { weight: 1, arbitrary: fc.constantFrom('1', '0', '-1', 'x') },
);

function bytesUpTo(maxLength: number): Argument {
  return fc.uint8Array({ maxLength }).map((bytes) => Buffer.from(bytes).toString('latin1'));
}
