import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { Member } from '../../src/process/control-server.ts';
import { unreadyMembers } from '../../src/process/readiness.ts';
import { WireConnection } from '../rows/wire.ts';
import { get } from './exposition.ts';
import { member } from './member.ts';
import { signal } from './process-group.ts';
import { ServerProcess, unsupported } from './server-process.ts';
import { until } from './until.ts';

const KEYSPACE = 7;

const worker = (slot: number, keyspace: number | null, known: Partial<Member> = {}) =>
  member({ slot, keyspace, ...known });
const keyspace = (known: Partial<Member> = {}) => member({ role: 'keyspace', pid: KEYSPACE, ...known });
const told = (...members: readonly Member[]) =>
  unreadyMembers(members).map(({ level, text }) => `${level}: ${text}`);

describe('unreadyMembers()', () => {
  test('a worker serves when it is linked to the keyspace that is there now', () => {
    assert.deepEqual(told(keyspace(), worker(0, KEYSPACE), worker(1, KEYSPACE)), []);
    assert.deepEqual(told(keyspace(), worker(0, KEYSPACE), worker(1, null)), [
      'warning: worker 1 waits for the keyspace',
    ]);
    assert.deepEqual(told(keyspace(), worker(0, 6)), ['critical: worker 0 waits for the keyspace']);
    assert.deepEqual(told(keyspace({ pid: 6 }), keyspace(), worker(0, 6)), [
      'critical: worker 0 waits for the keyspace',
    ]);
  });

  test('who starts is missed where nobody else serves, who ends is not', () => {
    const starting = worker(0, null, { ready: false });
    assert.deepEqual(told(keyspace(), worker(0, KEYSPACE), starting), []);
    assert.deepEqual(told(keyspace(), worker(1, KEYSPACE), starting), ['warning: worker 0 is starting']);
    assert.deepEqual(told(keyspace(), worker(0, 6), starting), [
      'critical: worker 0 waits for the keyspace',
      'critical: worker 0 is starting',
    ]);
    assert.deepEqual(told(keyspace(), worker(0, KEYSPACE), worker(0, 6, { draining: true })), []);
  });

  test('somebody must accept connections', () => {
    const ending = worker(0, KEYSPACE, { draining: true });
    assert.deepEqual(told(keyspace(), ending), ['critical: every worker is ending']);
    assert.deepEqual(told(keyspace(), ending, worker(1, KEYSPACE)), []);
    assert.deepEqual(told(keyspace()), []);
  });

  test('where there is no keyspace, workers are not blamed', () => {
    assert.deepEqual(told(worker(0, 6)), []);
    assert.deepEqual(told(keyspace({ ready: false }), worker(0, 6)), ['critical: the keyspace is starting']);
  });
});

/** Clients of a server whose workers take turns in accepting: one of each worker at least. */
async function clientsOf(t: TestContext, port: number, workers: number): Promise<WireConnection[]> {
  const clients: WireConnection[] = [];
  for (let i = 0; i < workers * 2; i++) clients.push(await WireConnection.open(port));
  t.after(() => clients.forEach((client) => void client.close()));
  return clients;
}

describe('/readyz when the keyspace was killed', { skip: unsupported }, () => {
  const readyz = (server: ServerProcess) => get(server.metricsPort, '/readyz');

  test('waits for a worker that has not noticed', async (t) => {
    const server = await ServerProcess.start(t, { settings: { workers: 2, 'worker-hang-timeout': 0 } });
    const clients = await clientsOf(t, server.port, 2);
    await server.ready();
    const late = server.worker(1);
    signal(late, 'SIGSTOP');
    const killed = server.keyspace;
    signal(killed, 'SIGKILL');
    await until('only that worker is missed', async () => {
      const { status, body } = await readyz(server);
      if (status === 200) assert.equal(server.keyspace, killed, 'ready, and the worker has not noticed');
      return body.split('\n').includes('worker 1 waits for the keyspace');
    });
    signal(late, 'SIGCONT');
    await server.ready();
    for (const client of clients) assert.equal(await client.call('SET', 'k', 'v'), '+OK\r\n');
  });

  test('says 200 when every worker serves, each time', async (t) => {
    const server = await ServerProcess.start(t, { settings: { workers: 2 } });
    const clients = await clientsOf(t, server.port, 2);
    for (let round = 0; round < 4; round++) {
      signal(server.keyspace, 'SIGKILL');
      await until('it is noticed', async () => (await readyz(server)).status === 503);
      await server.ready();
      const replies = await Promise.all(clients.map((client) => client.call('SET', 'k', 'v')));
      assert.deepEqual(new Set(replies), new Set(['+OK\r\n']));
    }
  });
});
