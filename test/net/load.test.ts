import assert from 'node:assert/strict';
import os from 'node:os';
import { describe, test } from 'node:test';
import { ServerProcess, unsupported } from '../process/server-process.ts';
import { until } from '../process/until.ts';
import { encodeCommand } from '../rows/wire.ts';
import { connectedClients, openMany, slowestAnswer } from './load.ts';
import { WireClient } from './wire-client.ts';

const MB = 1024 * 1024;
const MODES = [0, 2] as const;

/** Clients closed for a limit of their buffers, as the metrics have it. */
const slowClients = async (server: ServerProcess): Promise<number> =>
  (await server.metrics()).sum('connections_closed_total', 'reason="slow_client"');

describe('a client that does not read', { skip: unsupported }, () => {
  for (const workers of MODES) {
    test(`many GETs of 1 MB: shows in CLIENT LIST, is closed at its limit, others are served (workers=${workers})`, async (t) => {
      const server = await ServerProcess.start(t, { settings: { workers, 'log-level': 'info' } });
      const probe = await WireClient.open(server.port);
      await probe.ask(encodeCommand(['SET', 'big', Buffer.alloc(MB, 'v')]), '+OK\r\n');
      const set = encodeCommand(['CONFIG', 'SET', 'client-output-buffer-limit', 'normal 64mb 0 0']);
      assert.equal(await probe.ask(set, '+OK\r\n'), '+OK\r\n');

      const slow = await WireClient.open(server.port);
      assert.equal(await slow.ask('CLIENT SETNAME slow\r\n', '+OK\r\n'), '+OK\r\n');
      slow.stopReading();
      slow.send('GET big\r\n'.repeat(32));
      const waiting = await until(
        'CLIENT LIST shows it',
        async () => /name=slow .* omem=([1-9]\d{6,}) /.exec(await probe.bulk('CLIENT LIST'))?.[1],
        5000,
      );
      assert.ok(Number(waiting) <= 32 * (MB + 12), waiting);
      assert.equal(slow.hasEnded, false);

      slow.send('GET big\r\n'.repeat(100));
      let slowest = 0;
      await until('it is closed', async () => {
        slowest = Math.max(slowest, await slowestAnswer(probe, 5));
        return (await connectedClients(probe)) === 1;
      });
      assert.ok(slowest < 2000, `a command of another client took ${slowest} ms`);
      await until('the metrics count it', async () => (await slowClients(server)) === 1);
      await server.logged(/^client closed: /);
      slow.close();
      probe.close();
    });

    test(`MONITOR: is closed at its limit, who is watched goes on (workers=${workers})`, async (t) => {
      const server = await ServerProcess.start(t, { settings: { workers, 'metrics-port': 'off' } });
      const probe = await WireClient.open(server.port);
      const set = encodeCommand(['CONFIG', 'SET', 'client-output-buffer-limit', 'normal 4mb 0 0']);
      await probe.ask(set, '+OK\r\n');
      const watching = await WireClient.open(server.port);
      assert.equal(await watching.ask('MONITOR\r\n', '+OK\r\n'), '+OK\r\n');
      watching.stopReading();
      const echo = encodeCommand(['ECHO', Buffer.alloc(100_000, 'x')]);
      const reply = `$100000\r\n${'x'.repeat(100_000)}\r\n`;
      await until('it is closed', async () => {
        for (let i = 0; i < 10; i++) assert.ok((await probe.ask(echo, reply)) === reply);
        return (await connectedClients(probe)) === 1;
      });
      watching.close();
      probe.close();
    });
  }
});

describe('limits of real connections', { skip: unsupported }, () => {
  for (const workers of MODES) {
    test(`client-query-buffer-limit closes who sends too long a request (workers=${workers})`, async (t) => {
      const server = await ServerProcess.start(t, { settings: { workers } });
      const probe = await WireClient.open(server.port);
      await probe.ask('CONFIG SET client-query-buffer-limit 1mb\r\n', '+OK\r\n');
      const client = await WireClient.open(server.port);
      client.send('CLIENT SETNAME long\r\n');
      client.send(`*2\r\n$3\r\nGET\r\n$${2 * MB}\r\n${'x'.repeat(MB / 2)}`);
      await until(
        'CLIENT LIST shows it',
        async () => / name=long .* qbuf=524311 /.test(await probe.bulk('CLIENT LIST')),
        2000,
      );
      client.send('x'.repeat(MB));
      assert.equal(await client.ended(), '+OK\r\n');
      await until('the metrics count it', async () => (await slowClients(server)) === 1);
      await server.logged('its request exceeds the query buffer limit');
      probe.close();
    });

    test(`timeout closes who is silent and no one else (workers=${workers})`, async (t) => {
      const server = await ServerProcess.start(t, { settings: { workers, 'metrics-port': 'off' } });
      const probe = await WireClient.open(server.port);
      const silent = await WireClient.open(server.port);
      await silent.ask('PING\r\n', '+PONG\r\n');
      await probe.ask('CONFIG SET timeout 1\r\n', '+OK\r\n');
      const startedAt = performance.now();
      await until('it is closed', async () => {
        assert.equal(await probe.ask('PING\r\n', '+PONG\r\n'), '+PONG\r\n');
        return silent.hasEnded;
      });
      assert.ok(performance.now() - startedAt > 900);
      assert.equal(await probe.ask('PING\r\n', '+PONG\r\n'), '+PONG\r\n');
      probe.close();
    });

    test(`a half-closed client gets all its replies, then the end (workers=${workers})`, async (t) => {
      const server = await ServerProcess.start(t, { settings: { workers, 'metrics-port': 'off' } });
      const client = await WireClient.open(server.port);
      const count = 5000;
      client.send('INCR n\r\nPING\r\n'.repeat(count));
      client.socket.end();
      const expected = Array.from({ length: count }, (_, i) => `:${i + 1}\r\n+PONG\r\n`).join('');
      assert.ok((await client.ended()) === expected);
    });

    test(`requirepass: nothing works before AUTH, on any connection (workers=${workers})`, async (t) => {
      const server = await ServerProcess.start(t, {
        settings: { workers, requirepass: 'p w"', 'metrics-port': 'off' },
      });
      const noAuth = '-NOAUTH Authentication required.\r\n';
      const wrong = '-WRONGPASS invalid username-password pair or user is disabled.\r\n';
      const clients = await openMany(server.port, 20);
      for (const client of clients) {
        assert.equal(await client.ask('PING\r\n', noAuth), noAuth);
        assert.equal(await client.ask(encodeCommand(['AUTH', 'p w']), wrong), wrong);
        assert.equal(await client.ask('GET k\r\n', noAuth), noAuth);
        assert.equal(await client.ask(encodeCommand(['AUTH', 'p w"']), '+OK\r\n'), '+OK\r\n');
        assert.equal(await client.ask('PING\r\nGET k\r\n', '+PONG\r\n$-1\r\n'), '+PONG\r\n$-1\r\n');
      }
      const first = clients[0]!;
      assert.equal(await first.ask("CONFIG SET requirepass ''\r\n", '+OK\r\n'), '+OK\r\n');
      const free = await WireClient.open(server.port);
      assert.equal(await free.ask('GET k\r\n', '$-1\r\n'), '$-1\r\n');
      for (const client of [...clients, free]) client.close();
    });
  }
});

const outside = Object.values(os.networkInterfaces())
  .flat()
  .find((address) => address?.family === 'IPv4' && !address.internal)?.address;

describe('protected mode', {
  skip: unsupported || (outside === undefined && 'NOT TESTED: this machine has only loopback addresses'),
}, () => {
  for (const workers of MODES) {
    test(`bound to all addresses without a password: only loopback is served (workers=${workers})`, async (t) => {
      const server = await ServerProcess.start(t, {
        settings: { workers, host: '0.0.0.0', 'metrics-port': 'off' },
      });
      const own = await WireClient.open(server.port);
      assert.equal(await own.ask('PING\r\n', '+PONG\r\n'), '+PONG\r\n');
      const stranger = await WireClient.open(server.port, outside);
      assert.match(await stranger.ended(), /^-DENIED Redis is running in protected mode because .*\r\n$/);
      assert.equal(await own.ask('CONFIG SET protected-mode no\r\n', '+OK\r\n'), '+OK\r\n');
      const welcome = await WireClient.open(server.port, outside);
      assert.equal(await welcome.ask('PING\r\n', '+PONG\r\n'), '+PONG\r\n');
      for (const client of [own, welcome]) client.close();
    });
  }
});
