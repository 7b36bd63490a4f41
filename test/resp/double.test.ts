import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseShortDecimal } from '../../src/resp/decimal.ts';
import { formatDouble } from '../../src/resp/double.ts';

test('formatDouble: as %.17g prints it', () => {
  const cases: readonly [number, string][] = [
    [0, '0'],
    [-0, '-0'],
    [3, '3'],
    [-2.5, '-2.5'],
    [0.1, '0.10000000000000001'],
    [-3.3, '-3.2999999999999998'],
    [1e16, '10000000000000000'],
    [2 ** 56, '72057594037927936'],
    [1e17, '1e+17'],
    [1.5e300, '1.5000000000000001e+300'],
    [0.0001, '0.0001'],
    [1 / 256, '0.00390625'],
    [-9999999.99609375, '-9999999.99609375'],
    [10000000.00390625, '10000000.00390625'],
    [1 / 512, '0.001953125'],
    [0.00001, '1.0000000000000001e-05'],
    [123456.78901234567, '123456.78901234567'],
    [5e-324, '4.9406564584124654e-324'],
    [Number.MAX_VALUE, '1.7976931348623157e+308'],
    [Infinity, 'inf'],
    [-Infinity, '-inf'],
    [Number.NaN, 'nan'],
  ];
  for (const [value, text] of cases) assert.equal(formatDouble(value), text);
});

test('formatDouble: reads back as the same number', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      assert.ok(Object.is(Number(formatDouble(value)), value));
    }),
  );
});

test('parseShortDecimal: what it reads is the number that is written', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 9 });
  fc.assert(
    fc.property(
      fc.constantFrom('', '-', '+'),
      digits,
      fc.constantFrom('', '.'),
      digits,
      (sign, whole, point, rest) => {
        const text = sign + whole + point + rest;
        const value = parseShortDecimal(Buffer.from(`x${text}x`), 1, text.length);
        if (!Number.isNaN(value)) assert.ok(Object.is(value, Number(text)), text);
        else assert.ok(whole.length + point.length + rest.length > 15 || whole + rest === '', text);
      },
    ),
  );
});

test('parseShortDecimal: leaves everything else to others', () => {
  for (const text of [
    '',
    '+',
    '-',
    '.',
    '-.',
    '1e3',
    '0x1',
    'inf',
    'nan',
    ' 1',
    '1 ',
    '1.2.3',
    '--1',
    '1234567890123456',
  ]) {
    assert.ok(Number.isNaN(parseShortDecimal(Buffer.from(text), 0, text.length)), text);
  }
});
