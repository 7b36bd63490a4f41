import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTarget, play, protocolsOf, type Target, testName } from '../rows/play.ts';
import { type RealRedis, realRedisMissing, startRealRedis } from '../rows/real-redis.ts';
import { groups } from './groups.ts';

const missing = realRedisMissing();
let redis: RealRedis | undefined;
let target: Target;

before(async () => {
  if (missing !== undefined) return;
  redis = await startRealRedis();
  target = await openTarget(redis.port, true);
});

after(async () => {
  target?.control.close();
  await redis?.stop();
});

if (missing !== undefined) console.error(`NOT COMPARED with a real redis-server: ${missing}`);

for (const group of groups) {
  for (const scenario of group.scenarios) {
    for (const protocol of protocolsOf(scenario)) {
      test(`redis-server 7.0: ${testName(group, scenario, protocol)}`, {
        skip: missing ?? false,
      }, async () => {
        assert.deepEqual(await play(scenario, target, protocol), []);
      });
    }
  }
}
