import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { configFrom } from '../../src/config/config.ts';
import { Settings } from '../../src/config/live.ts';
import type { Outlet } from '../../src/instance/session.ts';
import { createLogger } from '../../src/log.ts';
import { INCOMPLETE, REQUEST, RequestParser } from '../../src/resp/request-parser.ts';
import { Engine, Refusal } from '../../src/server/engine.ts';

const outlet: Outlet = { facts: { queryBuffer: 0, outputBuffer: 0 }, push() {}, close() {} };

/** Runs bytes as one read of a client, with a clock that goes on by 20 ms at each look. @returns what SLOWLOG keeps. */
function slowRequests(...reads: readonly string[]): string[][] {
  let time = 1_700_000_000_000;
  const clock = { now: () => (time += 20) };
  const config = configFrom({ logLevel: 'silent' });
  const log = createLogger(config, { role: 'test' });
  const engine = new Engine({ settings: new Settings(config), log, clock, shutdown() {} });
  const session = engine.open('127.0.0.1:1', '127.0.0.1:2', outlet);
  assert.ok(!(session instanceof Refusal));
  const parser = new RequestParser();
  for (const read of reads) {
    const bytes = Buffer.from(read, 'latin1');
    engine.begin();
    engine.beginSession(session);
    parser.reset(0);
    for (;;) {
      const found = parser.parse(bytes, bytes.length);
      if (found === INCOMPLETE) break;
      if (found === REQUEST) engine.execute(session, parser);
      parser.reset(parser.end);
    }
    engine.end();
  }
  const slow = engine.instance.slowLog.newest(100).map(({ argv }) => argv);
  return slow.map((argv) => argv.map((argument) => Buffer.from(argument).toString('latin1')));
}

describe('the slow log shows the command that was slow', () => {
  test('where it is the last of a read, whatever is half read behind it', () => {
    assert.deepEqual(slowRequests('GET key\r\n', 'GET other\r\n*2\r\n$6\r\nSECRET\r\n$1'), [
      ['GET', 'other'],
      ['GET', 'key'],
    ]);
  });

  test('where another command follows in the same read, inline or not', () => {
    const wire =
      '*2\r\n$3\r\nGET\r\n$1\r\na\r\n*3\r\n$3\r\nSET\r\n$1\r\nb\r\n$2\r\nbb\r\n*2\r\n$4\r\nINCR\r\n$1\r\nc\r\n';
    const expected = [
      ['INCR', 'c'],
      ['SET', 'b', 'bb'],
      ['GET', 'a'],
    ];
    assert.deepEqual(slowRequests(wire), expected);
    assert.deepEqual(slowRequests('GET a\r\nSET b "bb"\r\nINCR c\r\n'), expected);
  });

  test('inside a transaction; EXEC itself is not shown', () => {
    assert.deepEqual(slowRequests('MULTI\r\nGET a\r\nEXEC\r\n'), [['GET', 'a'], ['MULTI']]);
  });

  test('with all its arguments, many or few', () => {
    const keys = Array.from({ length: 20 }, (_, i) => `k${i}`);
    assert.deepEqual(slowRequests(`EXISTS ${keys.join(' ')}\r\nGET a\r\n`), [
      ['GET', 'a'],
      ['EXISTS', ...keys],
    ]);
  });

  test('by itself if its reply is large, in the middle of a pipeline', () => {
    const set = `SET k ${'x'.repeat(20_000)}\r\n`;
    const keys = slowRequests(set, 'GET a\r\nGET a\r\nGET k\r\nGET a\r\nGET a\r\n').map(([, key]) => key);
    assert.deepEqual(keys, ['k', 'k'], 'SET and the large GET; the others are two runs');
  });

  test('but no password', () => {
    const shown = slowRequests('AUTH secret\r\nGET a\r\n').flat();
    assert.ok(!shown.includes('secret'));
  });
});
