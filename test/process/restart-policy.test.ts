import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RestartPolicy } from '../../src/process/restart-policy.ts';

test('RestartPolicy: who served dies once and is started again at once', () => {
  const policy = new RestartPolicy();
  assert.equal(policy.onExit(60_000, true), 0);
  assert.equal(policy.onExit(60_000, true), 0);
});

test('RestartPolicy: short lives are followed by longer and longer pauses, up to five seconds', () => {
  const policy = new RestartPolicy();
  const delays = Array.from({ length: 9 }, () => policy.onExit(100, true));
  assert.deepEqual(delays, [0, 200, 400, 800, 1600, 3200, 5000, 5000, 5000]);
  assert.equal(policy.hopeless, false, 'it can be started');
  assert.equal(policy.onExit(60_000, true), 0, 'a long life makes up for all');
  assert.equal(policy.onExit(100, true), 0);
});

test('RestartPolicy: five starts in a row that come to nothing are hopeless', () => {
  const policy = new RestartPolicy();
  const delays = Array.from({ length: 4 }, () => policy.onExit(100, false));
  assert.deepEqual(delays, [100, 200, 400, 800]);
  assert.equal(policy.hopeless, false);
  policy.onExit(100, false);
  assert.equal(policy.hopeless, true);
  policy.onExit(100, true);
  assert.equal(policy.hopeless, false);
});
