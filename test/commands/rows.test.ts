import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ourServerMissing, startOurServer } from '../rows/our-server.ts';
import { missingNeed, openTarget, play, protocolsOf, type Target, testName } from '../rows/play.ts';
import { groups } from './groups.ts';

const missing = ourServerMissing();
let stop: (() => Promise<void>) | undefined;
let target: Target;

before(async () => {
  if (missing !== undefined) return;
  const server = await startOurServer();
  stop = () => server.close();
  target = await openTarget(server.port, false);
});

after(async () => {
  target?.control.close();
  await stop?.();
});

for (const group of groups) {
  for (const scenario of group.scenarios) {
    for (const protocol of protocolsOf(scenario)) {
      test(testName(group, scenario, protocol), { skip: missing ?? false }, async (t) => {
        const lacking = await missingNeed(scenario, target);
        if (lacking !== undefined) return t.skip(lacking);
        assert.deepEqual(await play(scenario, target, protocol), []);
      });
    }
  }
}
