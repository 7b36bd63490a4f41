import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from '../../src/config/nearest.ts';

test('nearest() counts changed, missing and added letters', () => {
  const names = ['port', 'host', 'maxmemory', 'timeout'];
  for (const [wanted, expected] of [
    ['prot', 'port'],
    ['hosts', 'host'],
    ['max-memory', 'maxmemory'],
    ['time', 'timeout'],
    ['backlog', undefined],
  ] as const) {
    assert.equal(nearest(wanted, names), expected);
  }
});
