import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { after, before, describe, test } from 'node:test';
import { plain, type Route } from '../../src/http/answer.ts';
import { HttpServer } from '../../src/http/http-server.ts';
import { readBooks } from '../../src/metrics/books.ts';
import { Exporter } from '../../src/metrics/exporter.ts';
import { Ledger } from '../../src/metrics/ledger.ts';
import { RestartCounters } from '../../src/metrics/restart-counters.ts';
import { type MetricsSources, metricsRoutes } from '../../src/metrics/routes.ts';
import { SILENT } from '../metrics/traffic.ts';
import { ask } from './ask.ts';

interface Shown extends Partial<MetricsSources> {
  readonly host?: string;
  readonly port?: number;
}

/** An address under which other machines see this one, if it has one. */
const OUTER = Object.values(networkInterfaces())
  .flatMap((all) => all ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address;

function create({ host = '127.0.0.1', port = 0, ...sources }: Shown = {}): HttpServer {
  const exporter = {
    contentType: 'text/plain; version=0.0.4; charset=utf-8',
    render: async () => 'up 1 ✓\n',
  };
  const routes: Record<string, Route> = {
    ...metricsRoutes({ exporter, problems: () => [], ...sources }),
    '/below/*': ({ path, query, knownTag }) => ({
      ...plain(200, `${path} ${query} ${knownTag}`),
      headers: { 'Cache-Control': 'immutable' },
    }),
  };
  return new HttpServer({ host, port, routes, log: SILENT });
}

describe('HttpServer', () => {
  let problems: string[] = [];
  const server = create({ problems: () => problems });
  let port = 0;
  before(async () => {
    port = await server.start();
  });
  after(() => server.stop());

  test('start() gives the port that the system chose', () => {
    assert.ok(port > 0);
  });

  test('/metrics answers what the exporter renders, with its type and unstored', async () => {
    const { status, headers, body } = await ask(port, '/metrics?name=x');
    assert.deepEqual([status, body], [200, 'up 1 ✓\n']);
    assert.equal(headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8');
    assert.equal(headers['content-length'], String(Buffer.byteLength(body)));
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.match(String(headers['content-security-policy']), /default-src 'none'/);
  });

  test('HEAD answers like GET, without a body', async () => {
    const { status, headers, body } = await ask(port, '/metrics', { method: 'HEAD' });
    assert.deepEqual([status, body], [200, '']);
    assert.equal(headers['content-length'], String(Buffer.byteLength('up 1 ✓\n')));
  });

  test('/healthz answers as long as the supervisor lives, /readyz only while there are no problems', async () => {
    assert.deepEqual((await ask(port, '/readyz')).status, 200);
    problems = ['the keyspace is not up', 'worker 1 is not up'];
    const unready = await ask(port, '/readyz');
    assert.deepEqual([unready.status, unready.body], [503, 'the keyspace is not up\nworker 1 is not up\n']);
    assert.equal((await ask(port, '/healthz')).status, 200);
    problems = [];
  });

  test('other paths are 404, other methods 405', async () => {
    for (const path of ['/', '/metrics/', '/METRICS', '/favicon.ico', '//metrics', '/%6detrics']) {
      assert.equal((await ask(port, path)).status, 404, path);
    }
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE']) {
      const { status, headers } = await ask(port, '/metrics', { method });
      assert.deepEqual([status, headers.allow], [405, 'GET, HEAD'], method);
    }
  });

  test('a Host that somebody else may have pointed at us is 403, which says what to ask for', async () => {
    const { status, body } = await ask(port, '/metrics', { headers: { Host: 'evil.example:9121' } });
    assert.equal(status, 403);
    assert.match(
      body,
      /^this Host is not served here; ask by an IP address, localhost, .* metrics-host .*\n$/,
    );
    assert.ok(!body.includes(hostname()));
    const own = ['localhost', 'LOCALHOST:9121', '127.0.0.1:9121', '[::1]:9121', '10.1.2.3', hostname()];
    for (const host of own) {
      assert.equal((await ask(port, '/metrics', { headers: { Host: host } })).status, 200, host);
    }
  });

  test('it is 403 also where we listen for other machines, as long as it comes by loopback', async () => {
    const wide = create({ host: '*' });
    const itsPort = await wide.start();
    const statusOf = async (host: string, address?: string) =>
      (await ask(itsPort, '/metrics', { headers: { Host: host }, ...(address && { address }) })).status;
    assert.equal(await statusOf('evil.example'), 403);
    assert.equal(await statusOf('localhost'), 200);
    assert.equal(await statusOf(hostname()), 200);
    if (OUTER !== undefined) assert.equal(await statusOf('corespond.internal', OUTER), 200);
    await wide.stop();
  });

  test('who speaks HTTP/1.0 need not name a host', async () => {
    const socket = connect(port, '127.0.0.1').setEncoding('utf8');
    let text = '';
    socket.on('data', (part: string) => {
      text += part;
    });
    socket.write('GET /healthz HTTP/1.0\r\n\r\n');
    await once(socket, 'close');
    assert.match(text, /^HTTP\/1\.1 200 OK\r\n/);
  });

  test('a target that is a whole URL is served, and its host counts', async () => {
    const statusOf = async (target: string, host = 'localhost') =>
      (await ask(port, target, { headers: { Host: host } })).status;
    assert.equal(await statusOf('http://localhost/metrics'), 200);
    assert.equal(await statusOf('http://localhost:9121/metrics?a=b', 'evil.example'), 200);
    assert.equal(await statusOf('http://evil.example/metrics'), 403);
    assert.equal(await statusOf('http://localhost@evil.example/metrics'), 403);
    assert.equal(await statusOf('http://localhost/'), 404);
    assert.equal((await ask(port, 'http://localhost/below/a?x=1')).body, '/below/a x=1 \n');
  });

  test('a route may answer all below it, sees query and tag, and has headers of its own', async () => {
    const { body, headers } = await ask(port, '/below/a/b?x=1', { headers: { 'If-None-Match': '"t"' } });
    assert.deepEqual([body, headers['cache-control']], ['/below/a/b x=1 "t"\n', 'immutable']);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal((await ask(port, '/below/a?x=1?2')).body, '/below/a x=1%3F2 \n');
    assert.equal((await ask(port, '/below')).status, 404);
    assert.equal((await ask(port, '/constructor')).status, 404);
  });

  test('dozens who hold their connections keep nobody out', async () => {
    const held = await Promise.all(
      Array.from({ length: 200 }, async () => {
        const socket = connect(port, '127.0.0.1').on('error', () => {});
        await new Promise((resolve) => socket.once('connect', resolve));
        return socket;
      }),
    );
    assert.equal((await ask(port, '/healthz')).status, 200);
    for (const socket of held) socket.destroy();
  });

  test('header lines without end are refused', async () => {
    const { status } = await ask(port, '/metrics', { headers: { 'X-Long': 'x'.repeat(9000) } });
    assert.equal(status, 431);
  });

  test('/metrics answers though no process does', async () => {
    const now = () => 1_000_000;
    const books = { ledger: new Ledger(now()), restarts: new RestartCounters(), slots: () => [0] };
    const exporter = new Exporter(() => readBooks({ ...books, startedAt: now(), now }));
    const alone = create({ exporter });
    const { status, body } = await ask(await alone.start(), '/metrics');
    assert.equal(status, 200);
    assert.match(body, /^corespond_worker_up\{worker="0"\} 0$/m);
    await alone.stop();
  });

  test('an exporter that fails is 500 and nothing of it is shown', async () => {
    const failing = create({
      exporter: { contentType: 'text/plain', render: () => Promise.reject(new Error('secret detail')) },
    });
    const { status, body } = await ask(await failing.start(), '/metrics');
    assert.deepEqual([status, body], [500, 'internal error\n']);
    await failing.stop();
  });

  test('start() says in one line that the port is in use', async () => {
    const second = create({ port });
    await assert.rejects(second.start(), {
      message: `cannot serve metrics on 127.0.0.1:${port}: the port is in use`,
    });
    await second.stop();
  });

  test('stop() cuts connections that are open and frees the port', async () => {
    const first = create();
    const itsPort = await first.start();
    const idle = connect(itsPort, '127.0.0.1');
    await new Promise((resolve) => idle.once('connect', resolve));
    const cut = new Promise((resolve) => idle.once('close', resolve));
    idle.on('error', () => {});
    await first.stop();
    await cut;
    await first.stop();
    const second = create({ port: itsPort });
    assert.equal(await second.start(), itsPort);
    await second.stop();
  });
});
