import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { SETTINGS } from '../src/config/settings.ts';
import { createLogger, levelFor } from '../src/log.ts';

/** An output that keeps what is written. */
function recorder(isTTY: boolean) {
  const lines: string[] = [];
  return { isTTY, lines, write: (line: string) => lines.push(line) };
}

describe('createLogger()', () => {
  test('writes one line of JSON per event, at once', () => {
    const output = recorder(false);
    const log = createLogger({ logLevel: 'info' }, { role: 'worker', slot: 0 }, output);
    log.info({ port: 6379 }, 'listening\non all');
    log.debug('not shown');
    assert.equal(output.lines.length, 1);
    const [line = ''] = output.lines;
    assert.equal(line.indexOf('\n'), line.length - 1);
    const { time, ...event } = JSON.parse(line);
    assert.deepEqual(event, {
      level: 'info',
      pid: process.pid,
      role: 'worker',
      slot: 0,
      port: 6379,
      msg: 'listening\non all',
    });
    assert.match(time, /^\d{4}-\d\d-\d\dT/);
  });

  test('writes errors with their stack', () => {
    const output = recorder(false);
    createLogger({ logLevel: 'info' }, { role: 'keyspace' }, output).error(
      { err: new Error('boom') },
      'failed',
    );
    const event = JSON.parse(output.lines[0] ?? '');
    assert.equal(event.err.message, 'boom');
    assert.match(event.err.stack, /log\.test/);
    assert.equal('slot' in event, false);
  });

  test('writes for people on a terminal', () => {
    const output = recorder(true);
    const log = createLogger({ logLevel: 'info' }, { role: 'worker', slot: 0 }, output);
    log.warn({ clients: 3 }, 'draining');
    createLogger({ logLevel: 'info' }, { role: 'supervisor' }, output).info('ready');
    const plain = output.lines.map((line) => stripVTControlCharacters(line));
    assert.match(plain[0] ?? '', /^\[\d\d:\d\d:\d\d\.\d{3}\] WARN: worker 0: draining \{"clients":3\}\n$/);
    assert.match(plain[1] ?? '', /^\[.*\] INFO: supervisor: ready\n$/);
  });

  test('follows a change of level', () => {
    const output = recorder(false);
    const log = createLogger({ logLevel: 'silent' }, { role: 'worker' }, output);
    log.fatal('not shown');
    log.level = levelFor('verbose');
    log.debug('shown');
    assert.deepEqual(
      output.lines.map((line) => JSON.parse(line).msg),
      ['shown'],
    );
  });
});

test("levelFor() maps Redis's words and keeps ours", () => {
  const words = ['notice', 'verbose', 'warning', 'info', 'debug', 'silent'] as const;
  assert.deepEqual(words.map(levelFor), ['info', 'debug', 'warn', 'info', 'debug', 'silent']);
  assert.equal(SETTINGS['log-level'].config, 'loglevel');
});
