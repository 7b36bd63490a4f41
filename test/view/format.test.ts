import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as format from '../../src/view/format.ts';

/** What a formatter makes of values. */
const shown = <Value>(formatter: (value: Value) => string, values: readonly Value[]): string[] =>
  values.map((value) => formatter(value));

describe('figures as text', () => {
  test('numbers have three digits that count, and change to the next unit in time', () => {
    const values = [0, 0.25, 7.256, 84.24, 100, 999.4, 999.6, 12_345, 1_500_000, null];
    const texts = ['0', '0.25', '7.26', '84.2', '100', '999', '1k', '12.3k', '1.5M', '–'];
    assert.deepEqual(shown(format.formatNumber, values), texts);
  });

  test('counts are whole, with separators', () => {
    assert.deepEqual(shown(format.formatCount, [0, 999, 1000, 1_234_567, null]), [
      '0',
      '999',
      '1,000',
      '1,234,567',
      '–',
    ]);
  });

  test('bytes', () => {
    const texts = ['0 B', '1023 B', '1 KiB', '1.5 GiB', '–'];
    assert.deepEqual(shown(format.formatBytes, [0, 1023, 1024, 1.5 * 2 ** 30, null]), texts);
  });

  test('times', () => {
    const values = [0, 1e-7, 1.25e-5, 3.2e-3, 1.5, 90, null];
    assert.deepEqual(shown(format.formatTime, values), [
      '0 s',
      '100 ns',
      '12.5 µs',
      '3.2 ms',
      '1.5 s',
      '90 s',
      '–',
    ]);
  });

  test('shares', () => {
    assert.deepEqual(shown(format.formatShare, [0, 0.004, 0.424, 1, null]), [
      '0 %',
      '<1 %',
      '42 %',
      '100 %',
      '–',
    ]);
  });

  test('ages in their two largest units', () => {
    const values = [-5, 0, 45.9, 60, 200, 3600, 3660, 86_400 * 400 + 3600];
    const texts = ['0 s', '0 s', '45 s', '1 min', '3 min 20 s', '1 h', '1 h 1 min', '400 d 1 h'];
    assert.deepEqual(shown(format.formatAge, values), texts);
  });
});
