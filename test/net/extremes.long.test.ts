import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { describe, test } from 'node:test';
import { ServerProcess, unsupported } from '../process/server-process.ts';
import { until } from '../process/until.ts';
import { connectedClients, infoOf, openMany, slowestAnswer } from './load.ts';
import { WireClient } from './wire-client.ts';

const MB = 1024 * 1024;
const IDLE = 10_000;
/** Descriptors that a process needs for other things than connections. */
const SPARE_DESCRIPTORS = 200;
const MODES = [0, 2] as const;

/** How many files this process, and each that it starts, may have open. */
function descriptorLimit(): number {
  const hard = /^Max open files +\S+ +(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
  return hard === 'unlimited' ? Number.POSITIVE_INFINITY : Number(hard);
}

/** Why so many connections cannot be held here, or false. */
function tooFewDescriptors(): string | false {
  if (unsupported !== false) return unsupported;
  const limit = descriptorLimit();
  if (limit >= IDLE + SPARE_DESCRIPTORS) return false;
  return `NOT TESTED: ${IDLE} connections need ulimit -n ${IDLE + SPARE_DESCRIPTORS}, here it is ${limit}`;
}

describe('10,000 idle connections', { skip: tooFewDescriptors() }, () => {
  for (const workers of MODES) {
    test(`are held while commands are answered, and one more is refused (workers=${workers})`, async (t) => {
      const settings = { workers, maxclients: IDLE + 2, 'metrics-port': 'off', 'log-level': 'warn' };
      const server = await ServerProcess.start(t, { settings });
      const probe = await WireClient.open(server.port);
      const idle = await openMany(server.port, IDLE);
      await until('all are known', async () => (await connectedClients(probe)) === IDLE + 1, 30_000);
      const slowest = await slowestAnswer(probe, 200);
      assert.ok(slowest < 1000, `a command took ${slowest} ms`);
      const sample = idle.filter((_, i) => i % 50 === 0);
      const answers = await Promise.all(sample.map((client) => client.ask('PING\r\n', '+PONG\r\n')));
      assert.deepEqual(new Set(answers), new Set(['+PONG\r\n']));

      const last = await WireClient.open(server.port);
      assert.equal(await last.ask('PING\r\n', '+PONG\r\n'), '+PONG\r\n');
      for (let i = 0; i < 4; i++) {
        const refused = await WireClient.open(server.port);
        assert.equal(await refused.ended(), '-ERR max number of clients reached\r\n');
      }
      await until('INFO counts them', async () => (await infoOf(probe, 'rejected_connections')) === 4);
      for (const client of [...idle, last]) client.close();
      await until('all are forgotten', async () => (await connectedClients(probe)) === 1, 20_000);
      const again = await WireClient.open(server.port);
      assert.equal(await again.ask('PING\r\n', '+PONG\r\n'), '+PONG\r\n');
      for (const client of [probe, again]) client.close();
    });
  }
});

describe('a value of 512 MB', {
  skip: unsupported || (os.freemem() < 4096 * MB && 'NOT TESTED: it takes 4 GB of free memory'),
}, () => {
  for (const workers of MODES) {
    test(`is set and read through a socket, and one byte more is refused (workers=${workers})`, {
      timeout: 240_000,
    }, async (t) => {
      const server = await ServerProcess.start(t, { settings: { workers, 'metrics-port': 'off' } });
      const client = await WireClient.open(server.port);
      const piece = Buffer.alloc(16 * MB, '0123456789abcdef');
      client.send(`*3\r\n$3\r\nSET\r\n$3\r\nbig\r\n$${512 * MB}\r\n`);
      for (let i = 0; i < 32; i++) client.send(piece);
      client.send('\r\nSTRLEN big\r\n');
      assert.equal((await client.receive(17, 60_000)).toString(), `+OK\r\n:${512 * MB}\r\n`);
      client.send('GET big\r\n');
      assert.equal((await client.receive(12, 60_000)).toString(), `$${512 * MB}\r\n`);
      for (let i = 0; i < 32; i++)
        assert.ok((await client.receive(16 * MB, 60_000)).equals(piece), `piece ${i}`);
      assert.equal((await client.receive(2)).toString(), '\r\n');
      assert.equal(await client.ask('PING\r\n', '+PONG\r\n'), '+PONG\r\n');
      client.send(`*3\r\n$3\r\nSET\r\n$3\r\nbig\r\n$${512 * MB + 1}\r\n`);
      assert.equal(await client.ended(), '-ERR Protocol error: invalid bulk length\r\n');
    });
  }
});
