import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addLongDoubles,
  formatLongDouble,
  LONG_DOUBLE_ZERO,
  parseLongDouble,
} from '../../src/resp/long-double.ts';

const sumOf = (a: string, b: string): string => {
  const [first, second] = [parseLongDouble(a), parseLongDouble(b)];
  if (first === undefined || second === undefined) return 'no number';
  const sum = addLongDoubles(first, second);
  return sum === undefined ? 'not finite' : formatLongDouble(sum);
};

/** What redis-server 7.0.15 answers to SET f a, INCRBYFLOAT f b. */
const RECORDED = [
  ['10.5', '0.1', '10.6'],
  ['0.1', '0.2', '0.3'],
  ['123.4', '0.1', '123.5'],
  ['99999.99', '0.01', '100000'],
  ['3.0e3', '200', '3200'],
  ['5.0e-3', '0', '0.005'],
  ['-1.5', '1.5', '0'],
  ['0x1.8p1', '0x.8', '3.5'],
  ['123456789.123456789', '0', '123456789.12345678899873747'],
  // The last of 17 digits, rounded to the even one.
  ['0', '1e-17', '0.00000000000000001'],
  ['0', '0.5e-17', '0'],
  ['0', '1.5e-17', '0.00000000000000002'],
  ['0', '-0.5e-17', '0'],
  // The last of 64 bits, rounded to the even one.
  ['1e17', '1', '100000000000000001'],
  ['9223372036854775807', '1', '9223372036854775808'],
  ['18446744073709551615', '1', '18446744073709551616'],
  ['18446744073709551617', '0', '18446744073709551616'],
  ['36893488147419103235', '0', '36893488147419103236'],
  // The smallest denormal number and the half of it.
  ['0x1p-16445', '0', '0'],
  ['0x1.8p-16446', '0', '0'],
  ['0x1p-16446', '0', 'no number'],
  ['3.6e-4951', '0', '0'],
  ['1e-4951', '0', 'no number'],
  // The largest number.
  ['0x1.fffffffffffffffep16383', '0x1p16319', 'not finite'],
  ['0x1.ffffffffffffffffp16383', '0', 'no number'],
  ['1e4932', '1e4932', 'not finite'],
  // Exponents that must not be computed.
  ['1e999999999999', '0', 'no number'],
  ['1e-999999999999', '0', 'no number'],
  ['0e999999999999', '5', '5'],
] as const;

test('INCRBYFLOAT: parseLongDouble, addLongDoubles and formatLongDouble agree with redis-server', () => {
  const actual = RECORDED.map(([a, b]) => [a, b, sumOf(a, b)]);
  assert.deepEqual(actual, RECORDED);
});

test('formatLongDouble: the largest number is printed whole', () => {
  const largest = parseLongDouble('0x1.fffffffffffffffep16383');
  assert.ok(largest !== undefined);
  const text = formatLongDouble(largest);
  assert.equal(text.length, 4933);
  assert.equal(text, String((2n ** 64n - 1n) << BigInt(16384 - 64)));
});

test('parseLongDouble: refuses what strtold does not read to its end', () => {
  const texts = [
    '',
    ' 1',
    '1 ',
    '.',
    '+',
    'e5',
    '1e',
    '1e+',
    '0x',
    '0x.',
    '0x1p',
    '1.5.2',
    'nan',
    'in',
    '1\0',
  ];
  for (const text of texts) assert.equal(parseLongDouble(text), undefined, JSON.stringify(text));
});

test('parseLongDouble: reads up to 5119 characters, as Redis does', () => {
  assert.notEqual(parseLongDouble(`1.${'0'.repeat(5117)}`), undefined);
  assert.equal(parseLongDouble(`1.${'0'.repeat(5118)}`), undefined);
});

test('addLongDoubles: infinities have no sum', () => {
  for (const text of ['inf', '-inf', '+Infinity', 'INF']) {
    const infinite = parseLongDouble(text);
    assert.ok(infinite !== undefined);
    assert.equal(addLongDoubles(infinite, LONG_DOUBLE_ZERO), undefined);
    assert.equal(addLongDoubles(LONG_DOUBLE_ZERO, infinite), undefined);
  }
});
