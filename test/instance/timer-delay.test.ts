import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timerDelay } from '../../src/instance/timer-delay.ts';

test('timerDelay(): whole milliseconds, none below 0 and none beyond what a timer takes', (t) => {
  assert.deepEqual([-5, 0, 0.1, 7, 7.5].map(timerDelay), [0, 0, 1, 7, 8]);
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => warnings.push(warning);
  process.on('warning', onWarning);
  t.after(() => process.off('warning', onWarning));
  const timer = setTimeout(() => assert.fail('it waits'), timerDelay(1e15));
  return new Promise<void>((resolve) => {
    setImmediate(() => {
      clearTimeout(timer);
      assert.deepEqual(warnings, [], 'Node takes it');
      resolve();
    });
  });
});
