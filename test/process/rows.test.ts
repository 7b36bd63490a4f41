import assert from 'node:assert/strict';
import test from 'node:test';
import { groups } from '../commands/groups.ts';
import { missingNeed, openTarget, play, protocolsOf, testName } from '../rows/play.ts';
import { ServerProcess, unsupported } from './server-process.ts';

const settings = { workers: 2, 'enable-debug-command': 'yes' };

test('the rows of all commands, played to two workers and their keyspace', {
  skip: unsupported,
}, async (t) => {
  const server = await ServerProcess.start(t, { settings });
  const target = await openTarget(server.port, false);
  t.after(() => target.control.close());
  for (const group of groups) {
    for (const scenario of group.scenarios) {
      for (const protocol of protocolsOf(scenario)) {
        await t.test(testName(group, scenario, protocol), async (row) => {
          const lacking = await missingNeed(scenario, target);
          if (lacking !== undefined) return row.skip(lacking);
          assert.deepEqual(await play(scenario, target, protocol), []);
        });
      }
    }
  }
});
