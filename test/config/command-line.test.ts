import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseCommandLine } from '../../src/config/command-line.ts';
import { ConfigError } from '../../src/config/setting-error.ts';
import { STARTUP_NAMES, settingOf } from '../../src/config/settings.ts';
import { VERSION } from '../../src/config/version.ts';

function helpOf(...argv: string[]): string {
  const commandLine = parseCommandLine(argv);
  return commandLine.action === 'help' ? commandLine.text : assert.fail();
}

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
      assert.match(helpOf(flag, 'worker'), /^Usage: corespond \[options\] \[command\] \[role\]\n/);
    });
  }

  const tops: Array<[argv: string[], top: object]> = [
    [['top'], {}],
    [['top', '9300'], { address: '9300' }],
    [['top', '-n', '1', 'host:9121', '--interval', '0.5'], { address: 'host:9121', count: 1, interval: 0.5 }],
    [['top', '--count=20', '--metrics-port', '9300'], { count: 20, flags: { 'metrics-port': '9300' } }],
    [['--metrics-host', '::1', 'top', '[::1]'], { address: '[::1]', flags: { 'metrics-host': '::1' } }],
  ];
  for (const [argv, top] of tops) {
    test(`takes ${argv.join(' ')}`, () => {
      const plain = { action: 'top', address: null, count: null, interval: 1, flags: {} };
      assert.deepEqual(parseCommandLine(argv), { ...plain, ...top });
    });
  }

  test('top has a help of its own, which the one of corespond mentions', () => {
    const help = helpOf('top', '--help');
    assert.match(help, /^Usage: corespond top \[options\] \[address\]\n/);
    for (const part of ['--count <n>', '--interval <seconds>', '(default: 1)', '--metrics-port 9300']) {
      assert.ok(help.includes(part), part);
    }
    assert.doesNotMatch(help, /maxmemory/);
    assert.match(helpOf('--help'), /^ {2}top .*corespond top --help/m);
  });

  const refused: Array<[argv: string[], message: RegExp]> = [
    [
      ['top', 'host', '9121'],
      /^too many arguments for 'top'. Expected 1 argument but got 2; see corespond --help$/,
    ],
    [['top', '--nonsense'], /^unknown option '--nonsense'; see corespond --help$/],
    [['top', '--check'], /^--check does not go with top$/],
    [['top', '-n', '0'], /^--count "0" must be a whole number from 1 to 999999999$/],
    [['top', '--interval', '0.05'], /^--interval "0.05" must be a number of seconds from 0.1 to 86400$/],
    [['top', '--interval', 'x'], /^--interval "x" must be a number of seconds from 0.1 to 86400$/],
    [['worker', '-n', '1'], /^unknown option '-n'; see corespond --help$/],
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

describe('--help', () => {
  const lines = helpOf('--help').split('\n');

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
    assert.doesNotMatch(helpOf('--help'), /--slot/);
  });
});
