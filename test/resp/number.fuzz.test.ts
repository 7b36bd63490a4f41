import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { integerLength, parseInteger, parseInteger64, writeInteger } from '../../src/resp/number.ts';
import { fuzzSettings } from '../fuzz/fuzz-settings.ts';

/** Redis's string2ll by its rules. */
function slowInteger(text: string): bigint | undefined {
  if (text.length > 20 || !/^(0|-?[1-9][0-9]*)$/.test(text)) return undefined;
  const value = BigInt(text);
  return value === BigInt.asIntN(64, value) ? value : undefined;
}

const EDGES = ['', '-', '-0', '00', '+1', ' 1', '1 ', '0x1', '1e3', '1.0', '9'.repeat(15), '9'.repeat(16)];
const digits = fc
  .array(fc.constantFrom(...'0123456789'), { maxLength: 21 })
  .map((letters) => letters.join(''));
const text = fc.oneof(
  fc.constantFrom(...EDGES),
  fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }).map(String),
  fc.maxSafeInteger().map(String),
  digits,
  digits.map((number) => `-${number}`),
  fc.tuple(digits, fc.constantFrom('x', '-', '\0', ' '), digits).map((parts) => parts.join('')),
);

describe('numbers', () => {
  test('parseInteger() and parseInteger64() take what Redis takes, wherever it lies', () => {
    fc.assert(
      fc.property(text, fc.nat(5), (number, start) => {
        const bytes = Buffer.from(`${'7'.repeat(start)}${number}77`, 'latin1');
        const expected = slowInteger(number);
        assert.equal(parseInteger64(bytes, start, number.length), expected);
        const rounded = expected === undefined ? Number.NaN : Number(expected);
        assert.equal(parseInteger(bytes, start, number.length), rounded);
      }),
      fuzzSettings(3000),
    );
  });

  test('writeInteger() writes every safe integer in integerLength() bytes', () => {
    const number = fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.integer({ min: -200, max: 200 }));
    fc.assert(
      fc.property(number, (value) => {
        const bytes = Buffer.alloc(24, '#');
        const length = integerLength(value);
        writeInteger(value, length, bytes, 2);
        assert.equal(bytes.toString('latin1', 0, length + 4), `##${value}##`);
      }),
      fuzzSettings(2000),
    );
  });
});
