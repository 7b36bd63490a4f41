import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { ServerProcess, unsupported } from './server-process.ts';
import { until } from './until.ts';

const NORMAL = 0;
const BATCH = 3;
/** Where the policy stands behind the name of the program, which may hold spaces; see proc(5). */
const POLICY = 41 - 3;

const policyOf = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[POLICY]);
};

const lacking = spawnSync('chrt', ['--version']).error === undefined ? false : 'chrt is not installed';

describe('scheduling', { skip: unsupported || lacking }, () => {
  test('by default workers and keyspace interrupt nobody', async (t) => {
    const server = await ServerProcess.start(t, { settings: { workers: 2 } });
    const members = server.members.filter(({ role }) => role !== '');
    assert.equal(members.length, 3);
    await until('all are scheduled in batches', () => members.every(({ pid }) => policyOf(pid) === BATCH));
    assert.equal(policyOf(server.pid), NORMAL, 'the supervisor is as all programs');
  });

  test('as all programs, if that is set', async (t) => {
    const server = await ServerProcess.start(t, { settings: { workers: 1, scheduling: 'normal' } });
    for (const { pid } of server.members) assert.equal(policyOf(pid), NORMAL);
  });

  test('where chrt is missing the server serves all the same', async (t) => {
    const settings = { workers: 1, 'log-level': 'debug' };
    const server = await ServerProcess.start(t, { settings, env: { PATH: '/nonexistent' } });
    for (const { pid } of server.members) assert.equal(policyOf(pid), NORMAL);
    await until('both have said so', () => {
      const said = server.log.filter(({ msg }) => msg === 'batch scheduling is not available');
      return said.length === 2;
    });
  });
});
