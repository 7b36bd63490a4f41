import assert from 'node:assert/strict';
import http from 'node:http';
import net from 'node:net';
import { describe, test } from 'node:test';
import { WireConnection } from '../rows/wire.ts';
import { ServerProcess, unsupported } from './server-process.ts';
import { until } from './until.ts';

const TIMES = 5;
/** How a client of TLS begins: the record of a handshake, cut short. */
const HELLO = Buffer.from('16030100050100000100', 'hex');

/** Asks for a page where there is none. @returns the error. */
const askForPage = (port: number, method: string): Promise<NodeJS.ErrnoException> =>
  new Promise((resolve, reject) => {
    const request = http.request({ port, host: '127.0.0.1', method, agent: false });
    request.once('response', () => reject(new Error('a page')));
    request.once('error', resolve);
    request.end();
  });

/** Clients of TLS, which say hello, and leave when the server has heard it and has said nothing. */
const greetByTls = async (server: ServerProcess): Promise<void> => {
  const clients = Array.from({ length: TIMES }, () => net.connect(server.port, '127.0.0.1'));
  for (const client of clients) client.on('error', () => {}).write(HELLO);
  await until('they are heard', async () => {
    const heard = (await server.metrics()).sum('net_input_bytes_total');
    return heard === TIMES * HELLO.length;
  });
  for (const client of clients) {
    assert.equal(client.destroyed, false);
    client.destroy();
  }
};

describe('corespond_protocol_errors_total', { skip: unsupported }, () => {
  for (const workers of [0, 2]) {
    test(`counts who is closed for speaking HTTP, TLS or nonsense (workers = ${workers})`, async (t) => {
      const server = await ServerProcess.start(t, { settings: { workers } });
      const { port } = server;
      await greetByTls(server);
      for (let i = 0; i < TIMES; i++) {
        for (const method of ['GET', 'POST'])
          assert.equal((await askForPage(port, method)).message, 'socket hang up');
        const scanner = net.connect(port, '127.0.0.1');
        scanner.write('*x\r\n');
        await new Promise((resolve) => scanner.resume().once('close', resolve));
      }
      const polite = await WireConnection.open(port);
      assert.equal(await polite.call('QUIT'), '+OK\r\n');
      polite.close();
      const metrics = await until('all are counted', async () => {
        const now = await server.metrics();
        return (
          now.sum('connected_clients') === 0 && now.sum('connections_closed_total') === TIMES * 4 + 1 && now
        );
      });
      assert.equal(metrics.sum('protocol_errors_total'), TIMES * 4);
      assert.equal(metrics.sum('connections_closed_total', 'reason="protocol_error"'), TIMES * 4);
    });
  }
});
