import assert from 'node:assert/strict';
import os from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import {
  configFrom,
  type PartialConfig,
  propertyOf,
  RUN_DIR_BYTES,
  SOCKET_NAME_BYTES,
  variablesFrom,
} from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { ConfigError } from '../../src/config/setting-error.ts';
import { SETTING_NAMES, STARTUP_NAMES, settingOf } from '../../src/config/settings.ts';

describe('SETTINGS', () => {
  for (const name of SETTING_NAMES) {
    test(`${name} has a default of its kind and a line of help`, () => {
      const { kind, default: preset, help } = settingOf(name);
      const value = kind.parse(preset);
      assert.deepEqual(kind.parse(kind.format(value), value), value);
      assert.match(help, /^\S[^\n]{5,110}\S$/);
      assert.doesNotMatch(help, /\.$/);
    });
  }

  test('no two settings share a property of Config', () => {
    assert.equal(new Set(SETTING_NAMES.map(propertyOf)).size, SETTING_NAMES.length);
  });
});

describe('configFrom()', () => {
  test('gives every setting its default, frozen', () => {
    const config = configFrom();
    assert.deepEqual(Object.keys(config), SETTING_NAMES.map(propertyOf));
    assert.deepEqual(config.host, ['127.0.0.1']);
    assert.equal(config.port, 6379);
    assert.equal(config.metricsPort, 9121);
    assert.equal(config.maxmemoryPolicy, 'noeviction');
    assert.equal(config.protectedMode, true);
    assert.equal(config.workers, os.availableParallelism());
    assert.equal(config.dir, process.cwd());
    assert.ok(Object.isFrozen(config));
    assert.ok(Object.isFrozen(config.host));
    assert.ok(Object.isFrozen(config.clientOutputBufferLimit.normal));
  });

  test('takes typed values and texts', () => {
    const config = configFrom({
      port: 0,
      host: '::1',
      maxmemory: '2kb',
      protectedMode: false,
      metricsPort: null,
      requirepass: undefined,
    });
    assert.deepEqual(
      [
        config.port,
        config.host,
        config.maxmemory,
        config.protectedMode,
        config.metricsPort,
        config.requirepass,
      ],
      [0, ['::1'], 2048, false, null, ''],
    );
  });

  const refused: Array<[partial: PartialConfig, message: RegExp]> = [
    [{ port: 70000 }, /^port is 70000 but must be an integer from 0 to 65535$/],
    [{ port: 1.5 }, /^port is 1.5 but must be/],
    [{ port: Number.NaN }, /^port is null but must be/],
    [{ hz: 'often' }, /^hz is "often" but must be an integer from 1 to 500$/],
    [{ host: [] }, /^host is \[\] but must be/],
    [{ prot: 1 } as PartialConfig, /^prot is not a setting$/],
  ];
  for (const [partial, message] of refused) {
    test(`refuses ${JSON.stringify(partial)}`, () => {
      assert.throws(
        () => configFrom(partial),
        (error: Error) => error instanceof ConfigError && message.test(error.message),
      );
    });
  }

  test('resolves folders from cwd', () => {
    const { dir, runDir } = configFrom({ dir: 'data', runDir: '../run' }, '/srv/app');
    assert.deepEqual([dir, runDir], ['/srv/data'.replace('/srv', '/srv/app'), '/srv/run']);
  });

  test('names the default run-dir by user and port, by process for port 0', () => {
    const user = process.getuid?.() ?? 0;
    assert.equal(configFrom({ port: 7000 }).runDir, path.join(os.tmpdir(), `corespond-${user}-7000`));
    assert.equal(
      configFrom({ port: 0 }).runDir,
      path.join(os.tmpdir(), `corespond-${user}-pid${process.pid}`),
    );
  });

  test('refuses a run-dir whose sockets would have too long an address', () => {
    const longest = `/${'r'.repeat(RUN_DIR_BYTES - 1)}`;
    assert.equal(configFrom({ runDir: longest }).runDir, longest);
    assert.ok(`${longest}/`.length + SOCKET_NAME_BYTES <= 103);
    assert.throws(() => configFrom({ runDir: `${longest}r` }), /^ConfigError: run-dir \S+ is 73 bytes long/);
  });
});

test('variablesFrom() gives another process the same Config', () => {
  const config = configFrom({
    port: 7001,
    host: '127.0.0.1 -::1',
    requirepass: 'a b',
    metricsPort: 'off',
    hz: 77,
  });
  const variables = variablesFrom(config);
  assert.equal(Object.keys(variables).length, STARTUP_NAMES.length);
  assert.deepEqual(loadConfig({ argv: [], env: variables, cwd: '/nowhere' }), config);
});
