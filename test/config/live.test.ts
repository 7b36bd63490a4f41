import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { configFrom } from '../../src/config/config.ts';
import { Settings } from '../../src/config/live.ts';
import { RefusedSettingError, UnknownSettingError } from '../../src/config/setting-error.ts';
import { configNameOf, SETTING_NAMES } from '../../src/config/settings.ts';

function settingsOf(...options: Parameters<typeof configFrom>): Settings {
  return new Settings(configFrom(...options));
}

function match(settings: Settings, ...globs: string[]): Record<string, string> {
  return Object.fromEntries(settings.match(globs.map((glob) => Buffer.from(glob))));
}

describe('Settings.get()', () => {
  test('prints values as Redis does, names in any letter case', () => {
    const settings = settingsOf({
      maxmemory: '1kb',
      host: '127.0.0.1,::1',
      protectedMode: false,
      port: 7000,
    });
    assert.equal(settings.get('maxmemory'), '1024');
    assert.equal(settings.get('BIND'), '127.0.0.1 ::1');
    assert.equal(settings.get('protected-mode'), 'no');
    assert.equal(settings.get('port'), '7000');
    assert.equal(settings.get('tcp-backlog'), '511');
  });

  test('answers for what is fixed, and undefined for what is hidden or unknown', () => {
    const settings = settingsOf();
    assert.equal(settings.get('appendonly'), 'no');
    assert.equal(settings.get('io-threads'), '1');
    assert.equal(settings.get('workers'), undefined);
    assert.equal(settings.get('host'), undefined);
    assert.equal(settings.get('nosuch'), undefined);
  });
});

describe('Settings.match()', () => {
  test('finds names by several globs, each name once', () => {
    assert.deepEqual(match(settingsOf(), 'MAXMEMORY', 'maxmem*y', 'time?ut', 'nosuch'), {
      maxmemory: '0',
      'maxmemory-policy': 'noeviction',
      'maxmemory-eviction-tenacity': '10',
      timeout: '0',
    });
  });

  test('finds second names', () => {
    assert.deepEqual(match(settingsOf(), 'hash-max-*-entries'), {
      'hash-max-listpack-entries': '512',
      'hash-max-ziplist-entries': '512',
    });
  });

  test('finds everything that CONFIG shows by *, each name once', () => {
    const names = settingsOf()
      .match([Buffer.from('*')])
      .map(([name]) => name);
    assert.equal(new Set(names).size, names.length);
    for (const setting of SETTING_NAMES) {
      const name = configNameOf(setting);
      if (name !== null) assert.ok(names.includes(name), name);
    }
  });
});

describe('Settings.set()', () => {
  test('changes values, in place and typed', () => {
    const settings = settingsOf();
    const { values } = settings;
    settings.set([
      ['MaxMemory', '100mb'],
      ['maxmemory-policy', 'ALLKEYS-LFU'],
      ['loglevel', 'verbose'],
    ]);
    assert.equal(values.maxmemory, 104857600);
    assert.equal(values.maxmemoryPolicy, 'allkeys-lfu');
    assert.equal(values.logLevel, 'verbose');
    assert.equal(settings.get('maxmemory'), '104857600');
  });

  test('leaves the Config it started from alone', () => {
    const config = configFrom();
    new Settings(config).set([['maxmemory', '1']]);
    assert.equal(config.maxmemory, 0);
  });

  test('changes all or nothing', () => {
    const settings = settingsOf();
    const calls: string[] = [];
    settings.onChange('maxmemory', () => calls.push('maxmemory'));
    for (const second of ['timeout', 'nosuch', 'port']) {
      assert.throws(() =>
        settings.set(['maxmemory', second].map((name) => [name, name === second ? 'x' : '5'])),
      );
    }
    assert.equal(settings.values.maxmemory, 0);
    assert.deepEqual(calls, []);
  });

  test('changes only the named classes of client-output-buffer-limit', () => {
    const settings = settingsOf();
    settings.set([['client-output-buffer-limit', 'pubsub 1k 2k 3']]);
    assert.deepEqual(settings.values.clientOutputBufferLimit.pubsub, { hard: 1000, soft: 2000, seconds: 3 });
    assert.deepEqual(
      settings.values.clientOutputBufferLimit.normal,
      configFrom().clientOutputBufferLimit.normal,
    );
  });

  test('sets a second name as the first', () => {
    const settings = settingsOf();
    settings.set([['zset-max-ziplist-entries', '7']]);
    assert.equal(settings.values.zsetMaxListpackEntries, 7);
  });

  test('accepts for a fixed answer the value that it has, and no other', () => {
    const settings = settingsOf();
    settings.set([
      ['save', ''],
      ['appendonly', 'no'],
    ]);
    assert.throws(
      () => settings.set([['appendonly', 'yes']]),
      (error) =>
        error instanceof RefusedSettingError &&
        error.setting === 'appendonly' &&
        error.message === "can't set immutable config",
    );
  });

  test('names an unknown name as it was given', () => {
    assert.throws(
      () => settingsOf().set([['NoSuch', '1']]),
      (error) => error instanceof UnknownSettingError && error.message === 'NoSuch',
    );
    for (const hidden of ['workers', 'run-dir', 'host', '__proto__']) {
      assert.throws(() => settingsOf().set([[hidden, '1']]), UnknownSettingError);
    }
  });
});

describe('Settings.onChange()', () => {
  test('calls listeners after all values of one CONFIG SET are in place', () => {
    const settings = settingsOf();
    const seen: unknown[] = [];
    settings.onChange('maxmemory', () => seen.push(['first', settings.values.timeout]));
    settings.onChange('maxmemory', () => seen.push(['second', settings.values.maxmemory]));
    settings.onChange('hz', () => seen.push('hz'));
    settings.set([
      ['maxmemory', '5'],
      ['timeout', '9'],
    ]);
    assert.deepEqual(seen, [
      ['first', 9],
      ['second', 5],
    ]);
  });
});
