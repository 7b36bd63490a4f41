import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { configFrom } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { ConfigError } from '../../src/config/setting-error.ts';
import { SETTING_NAMES, settingOf, variableOf } from '../../src/config/settings.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'corespond-load-'));
after(() => rmSync(folder, { recursive: true }));
let folders = 0;

/** A new folder with a .env of this text. */
function folderWith(text: string): string {
  const cwd = path.join(folder, String(folders++));
  mkdirSync(cwd);
  writeFileSync(path.join(cwd, '.env'), text);
  return cwd;
}

function messageOf(load: () => unknown): string {
  try {
    load();
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    assert.doesNotMatch(error.message, /\n/);
    return error.message;
  }
  assert.fail('nothing was refused');
}

describe('loadConfig()', () => {
  test('gives the defaults where nothing is said', () => {
    assert.deepEqual(loadConfig({ argv: [], env: {}, cwd: folder }), configFrom({}, folder));
  });

  test('takes flags over the environment over .env over defaults', () => {
    const cwd = folderWith('CORESPOND_PORT=1\nCORESPOND_HZ=11\nCORESPOND_TIMEOUT=111\n');
    const env = { CORESPOND_PORT: '2', CORESPOND_HZ: '22' };
    const { port, hz, timeout, backlog } = loadConfig({ argv: ['--port', '3'], env, cwd });
    assert.deepEqual([port, hz, timeout, backlog], [3, 22, 111, 511]);
  });

  test('does not change the environment of the process', () => {
    loadConfig({ argv: [], env: {}, cwd: folderWith('CORESPOND_PORT=1') });
    assert.equal(process.env.CORESPOND_PORT, undefined);
  });

  test('ignores every other name, such as those that pm2 adds', () => {
    const env = {
      PORT: 'x',
      port: 'x',
      name: 'corespond',
      instances: '4',
      NODE_APP_INSTANCE: '0',
      corespond: '{}',
    };
    const cwd = folderWith('PORT=x\nHOST=y\n');
    assert.deepEqual(loadConfig({ argv: [], env, cwd }), configFrom({}, cwd));
  });

  test('resolves folders from cwd', () => {
    assert.equal(
      loadConfig({ argv: ['--dir', 'data'], env: {}, cwd: folder }).dir,
      path.join(folder, 'data'),
    );
  });

  const bad: Array<
    [title: string, argv: string[], env: Record<string, string>, file: string, message: string]
  > = [
    [
      'a bad variable',
      [],
      { CORESPOND_PORT: 'abc' },
      '',
      'CORESPOND_PORT: "abc" is not allowed, it must be an integer from 0 to 65535',
    ],
    [
      'an empty variable',
      [],
      { CORESPOND_PORT: '' },
      '',
      'CORESPOND_PORT: "" is not allowed, it must be an integer from 0 to 65535',
    ],
    [
      'a value of several lines',
      [],
      { CORESPOND_HZ: 'a\nb' },
      '',
      'CORESPOND_HZ: "a\\nb" is not allowed, it must be an integer from 1 to 500',
    ],
    [
      'a bad line of .env, even if a flag wins over it',
      ['--port', '7000'],
      {},
      'CORESPOND_PORT=70000',
      'CORESPOND_PORT in .env: "70000" is not allowed, it must be an integer from 0 to 65535',
    ],
    [
      'a bad flag',
      ['--protected-mode', 'perhaps'],
      {},
      '',
      '--protected-mode: "perhaps" is not allowed, it must be yes or no',
    ],
    [
      'an unknown variable',
      [],
      { CORESPOND_MAX_MEMORY: '1gb' },
      '',
      'CORESPOND_MAX_MEMORY is not a setting (did you mean CORESPOND_MAXMEMORY?); .env.example lists all of them',
    ],
    [
      'an unknown line of .env',
      [],
      {},
      'CORESPOND_PROT=1',
      'CORESPOND_PROT in .env is not a setting (did you mean CORESPOND_PORT?); .env.example lists all of them',
    ],
    [
      'an unknown flag',
      ['--prot', '1'],
      {},
      '',
      "unknown option '--prot' (Did you mean --port?); see corespond --help",
    ],
    [
      'a setting that only CONFIG has',
      [],
      { CORESPOND_DATABASES: '16' },
      '',
      'CORESPOND_DATABASES is not a setting; .env.example lists all of them',
    ],
  ];
  for (const [title, argv, env, file, message] of bad) {
    test(`refuses ${title} in one line`, () => {
      assert.equal(
        messageOf(() => loadConfig({ argv, env, cwd: folderWith(file) })),
        message,
      );
    });
  }

  test('refuses a .env that it cannot read', () => {
    const cwd = path.join(folder, 'odd');
    mkdirSync(path.join(cwd, '.env'), { recursive: true });
    assert.match(
      messageOf(() => loadConfig({ argv: [], env: {}, cwd })),
      /^cannot read .*\.env: EISDIR/,
    );
  });

  test('never shows the value of an unknown variable, which may be a password', () => {
    const message = messageOf(() =>
      loadConfig({ argv: [], env: { CORESPOND_REQUIREPAS: 'hunter2' }, cwd: folder }),
    );
    assert.doesNotMatch(message, /hunter2/);
    assert.match(message, /did you mean CORESPOND_REQUIREPASS\?/);
  });

  for (const name of SETTING_NAMES.filter((candidate) => settingOf(candidate).startup)) {
    test(`reads ${name} as a variable and as a flag`, () => {
      const text = settingOf(name).default;
      const expected = configFrom({}, folder);
      assert.deepEqual(loadConfig({ argv: [], env: { [variableOf(name)]: text }, cwd: folder }), expected);
      assert.deepEqual(loadConfig({ argv: [`--${name}`, text], env: {}, cwd: folder }), expected);
    });
  }
});
