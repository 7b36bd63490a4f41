import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { plain, type Route } from '../../src/http/answer.ts';
import { HttpServer } from '../../src/http/http-server.ts';
import { SILENT } from '../metrics/traffic.ts';
import { until } from '../process/until.ts';
import { ask } from './ask.ts';

describe('HttpServer, asked for more than it can answer at once', () => {
  let answered = 0;
  const routes: Record<string, Route> = {
    '/healthz': () => plain(200, `after ${answered}`),
    '/large': ({ query }) => {
      answered++;
      return plain(200, `${query.get('n')} ${'x'.repeat(1000)}`);
    },
  };
  const server = new HttpServer({ host: '127.0.0.1', port: 0, routes, log: SILENT });
  let port = 0;
  before(async () => {
    port = await server.start();
  });
  after(() => server.stop());

  /** Sends requests one behind the other, without reading an answer. */
  const pipeline = (count: number): Socket => {
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    const requests = Array.from(
      { length: count },
      (_, n) => `GET /large?n=${n} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
    );
    socket.write(requests.join(''));
    return socket;
  };

  test('answers a pipeline in its order', async () => {
    const socket = pipeline(50);
    let text = '';
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    const found = await until('all answers have come', () => {
      const numbers = [...text.matchAll(/^(\d+) x+$/gm)].map(([, n]) => Number(n));
      return numbers.length === 50 && numbers;
    });
    assert.deepEqual(
      found,
      [...found].sort((a, b) => a - b),
    );
    socket.destroy();
  });

  test('answers also who has said that nothing more comes', async () => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    let text = '';
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    const ended = once(socket, 'end');
    socket.end('GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(50));
    await ended;
    assert.equal(text.match(/^HTTP\/1\.1 200 OK\r$/gm)?.length, 50);
  });

  test('answers who asks one thing before those who ask for much', async () => {
    answered = 0;
    const sockets = Array.from({ length: 40 }, () => pipeline(50).resume());
    await until('it is busy', () => answered > 0);
    const { body } = await ask(port, '/healthz');
    const before = Number(/^after (\d+)/.exec(body)?.[1]);
    assert.ok(before < 1000, `after ${before} of 2000`);
    for (const socket of sockets) socket.destroy();
  });

  test('closes a connection that asks for too much when it has answered the first, and serves the others', async () => {
    const socket = pipeline(400);
    let text = '';
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    await once(socket, 'close');
    const statuses = [...text.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => status);
    assert.deepEqual(statuses, [...Array.from({ length: 257 }, () => '200'), '503']);
    assert.equal((await ask(port, '/healthz')).status, 200);
  });
});
