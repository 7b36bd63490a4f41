import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unbroken, withPlainBlanks } from '../../src/view/unbroken.ts';

/** Blanks at which no line ends are shown as an underscore. */
const shown = (text: string): string => unbroken(text).replaceAll('\u00a0', '_');

for (const [text, kept] of [
  ['18 % of all commands failed, 1.02k/s', '18_% of all commands failed, 1.02k/s'],
  ['993 MiB of 1 GiB, 97 %', '993_MiB of 1_GiB, 97_%'],
  ['12.5 MiB/s', '12.5_MiB/s'],
  ['2 h 3 min', '2_h 3_min'],
  ['did not answer for 15 s, 4 s ago', 'did not answer for 15_s, 4_s ago'],
  ['12.5 µs', '12.5_µs'],
  ['worker 1 stalls for 498 ms', 'worker 1 stalls for 498_ms'],
  ['worker 1 did not answer', 'worker 1 did not answer'],
  ['42 connections', '42 connections'],
] as const) {
  test(text, () => {
    assert.equal(shown(text), kept);
    assert.equal(withPlainBlanks(unbroken(text)), text);
  });
}
