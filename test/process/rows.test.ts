import assert from 'node:assert/strict';
import test from 'node:test';
import { groups } from '../commands/groups.ts';
import { missingNeed, openTarget, play, protocolsOf, testName } from '../rows/play.ts';
import { ServerProcess, unsupported } from './server-process.ts';

/**
 * What one connection says reaches the worker of another a moment later: these speak of it at once, so that they may
 * be too early. They are played to solo.
 */
const TOO_EARLY = /CLIENT KILL|unauthenticated/;

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
          if (TOO_EARLY.test(row.name)) return row.skip('speaks of another connection before its worker has');
          assert.deepEqual(await play(scenario, target, protocol), []);
        });
      }
    }
  }
});
