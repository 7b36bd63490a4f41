import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLoopback } from '../../src/instance/loopback.ts';

test('isLoopback() knows the own machine in IPv4, IPv6 and as a Unix socket', () => {
  for (const address of [
    '127.0.0.1:5',
    '127.9.9.9:5',
    '::1:5',
    '[::1]:5',
    '::ffff:127.0.0.1:5',
    '/tmp/s:0',
  ]) {
    assert.ok(isLoopback(address), address);
  }
  for (const address of ['10.0.0.1:5', '128.0.0.1:127', '::2:5', '[fe80::1]:5', '::ffff:10.0.0.1:5', '?:0']) {
    assert.ok(!isLoopback(address), address);
  }
});
