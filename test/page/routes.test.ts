import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { FakeServer } from './fake-server.ts';

describe('pageRoutes()', () => {
  const server = new FakeServer();
  before(() => server.start());
  after(() => server.stop());

  const ask = (path: string, options: RequestInit = {}) => fetch(new URL(path, server.url), options);

  test('/ allows own files and its own server, and is not kept', async () => {
    const { status, headers } = await ask('/');
    assert.equal(status, 200);
    assert.equal(headers.get('content-type'), 'text/html; charset=utf-8');
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(
      headers.get('content-security-policy'),
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
  });

  test('/ names files that are there, and nothing that is elsewhere', async () => {
    const page = await (await ask('/')).text();
    const named = [...page.matchAll(/ (?:href|src)="([^"]+)"/g)].map(([, path = '']) => path);
    const files = named.filter((path) => path.startsWith('/assets/'));
    assert.ok(files.length > 20);
    for (const file of files) assert.equal((await ask(file)).status, 200, file);
    const others = named.filter((path) => !path.startsWith('/assets/'));
    assert.deepEqual(others, ['#events', '/metrics', '/status.json', '/healthz', '/readyz']);
  });

  test('a file is sent once', async () => {
    const page = await (await ask('/')).text();
    const [file = ''] = /\/assets\/\w+\/page\/browser\/main\.js/.exec(page) ?? [];
    const { headers } = await ask(file);
    const again = await ask(file, { headers: { 'If-None-Match': headers.get('etag') ?? '' } });
    assert.deepEqual([again.status, await again.text()], [304, '']);
    assert.equal(again.headers.get('etag'), headers.get('etag'));
  });

  test('GET and HEAD only', async () => {
    const head = await ask('/', { method: 'HEAD' });
    assert.deepEqual([head.status, await head.text()], [200, '']);
    for (const path of ['/', '/assets/x'])
      assert.equal((await ask(path, { method: 'POST' })).status, 405, path);
  });
});
