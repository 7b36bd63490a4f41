import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { helpText, parseCommandLine } from '../../src/config/command-line.ts';
import { ConfigError } from '../../src/config/setting-error.ts';
import { STARTUP_NAMES, settingOf } from '../../src/config/settings.ts';
import { VERSION } from '../../src/config/version.ts';

describe('parseCommandLine()', () => {
  test('runs a supervisor by default', () => {
    assert.deepEqual(parseCommandLine([]), { action: 'run', role: 'supervisor', slot: null, flags: {} });
  });

  test('takes a role, a slot and flags in any order', () => {
    assert.deepEqual(parseCommandLine(['--port', '7000', 'worker', '--slot', '0', '--requirepass', '']), {
      action: 'run',
      role: 'worker',
      slot: 0,
      flags: { port: '7000', requirepass: '' },
    });
  });

  test('takes a negative value for a value', () => {
    const line = parseCommandLine(['--slowlog-log-slower-than', '-1', '--port=7000']);
    assert.deepEqual('flags' in line && line.flags, { port: '7000', 'slowlog-log-slower-than': '-1' });
  });

  test('knows --check', () => {
    assert.equal(parseCommandLine(['--check']).action, 'check');
    assert.equal(parseCommandLine(['core', '--check']).action, 'check');
  });

  for (const flag of ['-v', '--version']) {
    test(`${flag} asks for the version`, () => {
      assert.deepEqual(parseCommandLine([flag]), { action: 'version', text: `corespond ${VERSION}\n` });
      assert.match(VERSION, /^\d+\.\d+\.\d+/);
    });
  }

  for (const flag of ['-h', '--help']) {
    test(`${flag} asks for help`, () => {
      assert.deepEqual(parseCommandLine([flag, 'worker']), { action: 'help', text: helpText() });
    });
  }

  const refused: Array<[argv: string[], message: RegExp]> = [
    [['--nonsense'], /^unknown option '--nonsense'; see corespond --help$/],
    [['--port'], /^option '--port <value>' argument missing; see corespond --help$/],
    [['server'], /^"server" is not allowed: the role must be one of supervisor, core, worker, keyspace$/],
    [['worker', '1'], /^too many arguments. Expected 1 argument but got 2; see corespond --help$/],
    [['worker', '--slot', '-1'], /^--slot "-1" must be a whole number$/],
  ];
  for (const [argv, message] of refused) {
    test(`refuses ${argv.join(' ')}`, () => {
      assert.throws(
        () => parseCommandLine(argv),
        (error: Error) => error instanceof ConfigError && message.test(error.message),
      );
    });
  }
});

describe('helpText()', () => {
  const lines = helpText().split('\n');

  for (const name of STARTUP_NAMES) {
    test(`has one line for --${name}, with its default`, () => {
      const found = lines.filter((line) => line.startsWith(`  --${name} <value> `));
      assert.equal(found.length, 1);
      const [line = ''] = found;
      assert.ok(line.includes(settingOf(name).help));
      assert.ok(line.includes(settingOf(name).default));
    });
  }

  test('does not show --slot', () => {
    assert.doesNotMatch(helpText(), /--slot/);
  });
});
