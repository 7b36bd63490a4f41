import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Server } from '../../src/index.ts';
import { startOurServer } from '../rows/our-server.ts';
import { missingNeed, openTarget, play, protocolsOf, type Target, testName } from '../rows/play.ts';
import { groups } from './groups.ts';

let server: Server;
let target: Target;

before(async () => {
  server = await startOurServer();
  target = await openTarget(server.port, false);
});

after(async () => {
  target?.control.close();
  await server?.close();
});

for (const group of groups) {
  for (const scenario of group.scenarios) {
    for (const protocol of protocolsOf(scenario)) {
      test(testName(group, scenario, protocol), async (t) => {
        const lacking = await missingNeed(scenario, target);
        if (lacking !== undefined) return t.skip(lacking);
        assert.deepEqual(await play(scenario, target, protocol), []);
      });
    }
  }
}
