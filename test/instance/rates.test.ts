import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rates } from '../../src/instance/rates.ts';

const totals = (commands: number) => ({ commands, bytesIn: commands * 10, bytesOut: commands * 100 });

test('Rates.perSecond is 0 before there are two readings, and after clear()', () => {
  const rates = new Rates();
  assert.equal(rates.perSecond.commands, 0);
  rates.add(1000, totals(50));
  assert.equal(rates.perSecond.commands, 0);
  rates.add(2000, totals(60));
  rates.clear();
  assert.equal(rates.perSecond.commands, 0);
});

test('Rates.perSecond is the growth over the time between readings', () => {
  const rates = new Rates();
  rates.add(1000, totals(50));
  rates.add(1500, totals(80));
  assert.deepEqual(rates.perSecond, { commands: 60, bytesIn: 600, bytesOut: 6000 });
});

test('Rates.perSecond forgets what was long ago', () => {
  const rates = new Rates();
  rates.add(0, totals(0));
  for (let i = 1; i <= 16; i++) rates.add(i * 100, totals(1_000_000 + i));
  assert.ok(Math.abs(rates.perSecond.commands - 10) < 1e-9);
});

test('Rates.perSecond is 0 when the clock did not move', () => {
  const rates = new Rates();
  rates.add(1000, totals(1));
  rates.add(1000, totals(5));
  assert.equal(rates.perSecond.commands, 0);
});
