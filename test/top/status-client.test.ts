import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { describe, test } from 'node:test';
import { type Answer, plain } from '../../src/http/answer.ts';
import { StatusClient } from '../../src/top/status-client.ts';
import type { StatusDocument } from '../../src/view/status-document.ts';
import { until } from '../process/until.ts';
import { NOW, WELL } from '../view/examples/fixed.ts';
import { FakeInstance } from './fake-instance.ts';

const json = (value: unknown): Answer => ({
  status: 200,
  type: 'application/json',
  body: JSON.stringify(value),
});

const clientOf = (url: string, timeout?: number): StatusClient =>
  new StatusClient(new URL(`${url}/`), timeout);

describe('StatusClient.read()', () => {
  test('gives the document and its view, and asks for what is new only', async (t) => {
    const fake = await FakeInstance.start(t);
    const client = clientOf(fake.url);
    assert.deepEqual((await client.read(null)).document, WELL);
    const { document, view } = await client.read(NOW - 1000);
    assert.deepEqual(document.history.times, [NOW]);
    assert.equal(view.headline, 'All is well');
    assert.deepEqual(fake.asked, [null, String(NOW - 1000)]);
  });

  test('takes a document of a newer version, which has more in it', async (t) => {
    const newer = { ...WELL, more: [1], server: { ...WELL.server, region: 'eu' } };
    const fake = await FakeInstance.start(t, newer);
    assert.equal((await clientOf(fake.url).read(null)).view.level, 'ok');
  });

  test('leaves no control characters in any text', async (t) => {
    const evil = '\x1b]0;evil\x07\x1b[2J\nnext\u009b31m';
    const document: StatusDocument = {
      ...WELL,
      verdict: { level: 'warning', reasons: [{ level: 'warning', text: evil }] },
      server: { ...WELL.server, version: evil, nodeVersion: evil },
      commands: WELL.commands.map((one) => ({ ...one, command: evil })),
      events: WELL.events.map((one) => ({ ...one, text: evil })),
      slowLog: WELL.slowLog.map((one) => ({ ...one, command: evil })),
      processes: WELL.processes.map((one) => ({ ...one, worker: evil })),
    };
    const fake = await FakeInstance.start(t, document);
    const { view } = await clientOf(fake.url).read(null);
    assert.match(JSON.stringify(view), /evil/);
    assert.doesNotMatch(JSON.stringify(view), /\\u00[01]|\\[bfnrt]|[\x7f-\x9f]/);
  });

  const refused: Array<[what: string, answer: Answer, message: RegExp]> = [
    [
      'HTML',
      { status: 200, type: 'text/html', body: '<p>hello' },
      /^URL is no corespond: its status\.json is text\/html$/,
    ],
    ['other JSON', json({ status: 'ok' }), /^URL is no corespond: its status\.json is something else$/],
    ['null', json(null), /^URL is no corespond: /],
    ['a document without a history', json({ ...WELL, history: undefined }), /^URL is no corespond: /],
    ['a time that is none', json({ ...WELL, now: 1e300 }), /^URL is no corespond: /],
    [
      'a level that is none',
      json({ ...WELL, verdict: { level: 'constructor', reasons: [] } }),
      /^URL is no corespond: /,
    ],
    [
      'a number for a text',
      json({ ...WELL, server: { ...WELL.server, version: 1 } }),
      /^URL is no corespond: /,
    ],
    ['404', plain(404, 'not found'), /^URL is no corespond: it has no status\.json \(404\)$/],
    [
      '403',
      plain(403, 'this Host is not served here\x1b[2J'),
      /^URL refuses \(403\): this Host is not served here\?\[2J$/,
    ],
    ['401 in HTML', { status: 401, type: 'text/html', body: '<html>' }, /^URL refuses \(401\)$/],
  ];
  for (const [what, answer, message] of refused) {
    test(`has one line for ${what}`, async (t) => {
      const fake = await FakeInstance.start(t, answer);
      await assert.rejects(clientOf(fake.url).read(null), (error: Error) => {
        assert.equal(error.name, 'NoStatus');
        assert.match(error.message.replace(fake.url, 'URL'), message);
        return true;
      });
    });
  }

  test('has one line for a server that is not up, or has a fault', async (t) => {
    const fake = await FakeInstance.start(t, plain(503, 'the keyspace is not there yet'));
    const client = clientOf(fake.url);
    const faultOf = () => client.read(null).then(String, (error: Error) => `${error.name}: ${error.message}`);
    assert.equal(await faultOf(), 'NoAnswer: it says 503: the keyspace is not there yet');
    await fake.stop();
    assert.equal(await faultOf(), `NoAnswer: connect ECONNREFUSED 127.0.0.1:${fake.port}`);
  });

  test('has one line for a server that does not speak TLS', async (t) => {
    const fake = await FakeInstance.start(t);
    const url = fake.url.replace('http', 'https');
    await assert.rejects(clientOf(url).read(null), {
      name: 'NoStatus',
      message: `no TLS with ${url} (ERR_SSL_WRONG_VERSION_NUMBER); corespond itself is asked by http://`,
    });
  });

  test('has one line for a port that speaks something else, and for one that is silent', async (t) => {
    let greeting = '-ERR unknown command\r\n';
    const server = createServer((socket) => {
      socket.on('error', () => {});
      if (greeting !== '') socket.end(greeting);
    });
    t.after(() => server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = await until('it listens', () => server.address() ?? undefined);
    assert.ok(typeof address === 'object');
    const url = `http://127.0.0.1:${address.port}`;
    await assert.rejects(clientOf(url).read(null), {
      name: 'NoStatus',
      message: `${url} does not speak HTTP; it must be the metrics port`,
    });
    greeting = '';
    await assert.rejects(clientOf(url, 50).read(null), {
      name: 'NoAnswer',
      message: 'it took longer than 0.05 s',
    });
  });
});
