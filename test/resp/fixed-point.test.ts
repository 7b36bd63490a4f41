import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatDecimal, formatFixed } from '../../src/resp/fixed-point.ts';
import { fuzzSettings } from '../fuzz/fuzz-settings.ts';

test('formatFixed(): ties go to the even digit', () => {
  assert.equal(formatFixed(0.03125, 4), '0.0312');
  assert.equal(formatFixed(0.09375, 4), '0.0938');
  assert.equal(formatFixed(-0.03125, 4), '-0.0312');
  assert.equal(formatFixed(200.0078125, 6), '200.007812');
  assert.equal(formatFixed(0.00005, 4), '0.0001');
});

test('formatFixed(): zeros, large numbers and those that are none', () => {
  assert.equal(formatFixed(0, 4), '0.0000');
  assert.equal(formatFixed(-0, 6), '-0.000000');
  assert.equal(formatFixed(-1e-9, 4), '-0.0000');
  assert.equal(formatFixed(1e21, 2), '1000000000000000000000.00');
  assert.equal(formatFixed(-1e23, 1), '-99999999999999991611392.0');
  assert.deepEqual(
    [Infinity, -Infinity, Number.NaN].map((value) => formatFixed(value, 4)),
    ['inf', '-inf', '-nan'],
  );
});

/** The same in exact arithmetic: a double is an integer over 2^1074. */
const rounded = (value: number, digits: number): string => {
  const parts = new DataView(new ArrayBuffer(8));
  parts.setFloat64(0, Math.abs(value));
  const bits = parts.getBigUint64(0);
  const exponent = bits >> 52n;
  const mantissa = (bits & (2n ** 52n - 1n)) | (exponent > 0n ? 2n ** 52n : 0n);
  const scaled = (mantissa << (exponent > 0n ? exponent - 1n : 0n)) * 10n ** BigInt(digits);
  const unit = 2n ** 1074n;
  const whole = scaled / unit;
  const rest = (scaled % unit) * 2n;
  const up = rest > unit || (rest === unit && whole % 2n === 1n) ? 1n : 0n;
  const text = (whole + up).toString().padStart(digits + 1, '0');
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
};

test('formatFixed() rounds exactly', () => {
  const value = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.double({ noNaN: true, min: -1e7, max: 1e7 }),
    fc.integer({ min: -100_000, max: 100_000 }).map((n) => n / 32),
    fc.integer({ min: -100_000, max: 100_000 }).map((n) => n / 128),
  );
  const property = fc.property(value, fc.constantFrom(4, 6, 17), (each, digits) => {
    assert.equal(formatFixed(each, digits), rounded(each, digits));
  });
  fc.assert(property, fuzzSettings(2000));
});

test('formatDecimal(): no zeros at the end, no point without digits behind it', () => {
  assert.equal(formatDecimal(180), '180');
  assert.equal(formatDecimal(100), '100');
  assert.equal(formatDecimal(-0.5), '-0.5');
  assert.equal(formatDecimal(85.05112878), '85.0511287799999991');
  assert.equal(formatDecimal(1e-20), '0');
});
