import assert from 'node:assert/strict';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { plain, type Route } from '../../src/http/answer.ts';
import { isTrustedHost } from '../../src/http/host-check.ts';
import { HttpServer } from '../../src/http/http-server.ts';
import { readBooks } from '../../src/metrics/books.ts';
import { Exporter } from '../../src/metrics/exporter.ts';
import { Ledger } from '../../src/metrics/ledger.ts';
import { RestartCounters } from '../../src/metrics/restart-counters.ts';
import { type MetricsSources, metricsRoutes } from '../../src/metrics/routes.ts';
import { SILENT } from '../metrics/traffic.ts';

interface Response {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
}

function ask(port: number, path: string, { method = 'GET', headers = {} }: Asked = {}): Promise<Response> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (incoming) => {
      let body = '';
      incoming.setEncoding('utf8').on('data', (part: string) => {
        body += part;
      });
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body }),
      );
    });
    outgoing.on('error', reject).end();
  });
}

interface Shown extends Partial<MetricsSources> {
  readonly port?: number;
}

function create({ port = 0, ...sources }: Shown = {}): HttpServer {
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
  return new HttpServer({ host: '127.0.0.1', port, routes, log: SILENT });
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

  test('a Host that somebody else may have pointed at us is 403', async () => {
    const { status, body } = await ask(port, '/metrics', { headers: { Host: 'evil.example:9121' } });
    assert.equal(status, 403);
    assert.doesNotMatch(body, /up 1/);
    for (const host of ['localhost', 'LOCALHOST:9121', '127.0.0.1:9121', '[::1]:9121', '10.1.2.3']) {
      assert.equal((await ask(port, '/metrics', { headers: { Host: host } })).status, 200, host);
    }
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

describe('isTrustedHost()', () => {
  test('while we listen on loopback, trusts loopback names, our own and any address', () => {
    const trusted = [
      'localhost',
      'LocalHost.',
      'localhost:1',
      '127.0.0.1',
      '8.8.8.8:80',
      '[::1]',
      '[fe80::1]:9121',
    ];
    for (const host of trusted) assert.equal(isTrustedHost(host, '127.0.0.1'), true, host);
    const refused = [
      '',
      'evil.example',
      '127.0.0.1.evil.example',
      'localhost.evil.example',
      '1.2.3',
      'a b',
      '[x]',
    ];
    for (const host of [...refused, 'localhost:', 'localhost:x', 'localhost:1:2', '::1', 'evil/localhost']) {
      assert.equal(isTrustedHost(host, '127.0.0.1'), false, host);
      assert.equal(isTrustedHost(host, 'localhost'), false, host);
      assert.equal(isTrustedHost(host, '::1'), false, host);
    }
  });

  test('where we listen for other machines, any name may be ours', () => {
    for (const own of ['*', '::*', '0.0.0.0', '10.0.0.1', 'metrics.example']) {
      assert.equal(isTrustedHost('corespond.internal:9121', own), true, own);
      assert.equal(isTrustedHost('', own), false, own);
    }
  });
});
