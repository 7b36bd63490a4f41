import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ConfigError } from '../../src/config/setting-error.ts';
import { nameOf, targetOf } from '../../src/top/target.ts';

const CONFIG = { metricsHost: '127.0.0.1', metricsPort: 9121 };

describe('targetOf() reads an address:', () => {
  const read: Array<[address: string, name: string]> = [
    ['9300', 'http://127.0.0.1:9300'],
    ['example.org', 'http://example.org:9121'],
    ['cache_1.internal:9300', 'http://cache_1.internal:9300'],
    ['10.0.0.7', 'http://10.0.0.7:9121'],
    ['[::1]', 'http://[::1]:9121'],
    ['[::1]:9300', 'http://[::1]:9300'],
    ['::1', 'http://[::1]:9121'],
    ['http://example.org:9121', 'http://example.org:9121'],
    ['http://example.org:9121/', 'http://example.org:9121'],
    ['https://example.org', 'https://example.org'],
    ['https://example.org/cache', 'https://example.org/cache'],
    ['http://example.org/?a=b#c', 'http://example.org'],
    ['http://127.0.0.1:9121/status.json', 'http://127.0.0.1:9121'],
    ['http://127.0.0.1:9121/status.json?since=5', 'http://127.0.0.1:9121'],
    ['https://example.org/cache/status.json', 'https://example.org/cache'],
    ['https://example.org/my-status.json', 'https://example.org/my-status.json'],
    ['127.0.0.1:9121/status.json', 'http://127.0.0.1:9121'],
    ['[::1]:9300/', 'http://[::1]:9300'],
  ];
  for (const [address, name] of read) {
    test(address, () => assert.equal(nameOf(targetOf(address, CONFIG)), name));
  }

  const refused = [
    '',
    '0',
    '65536',
    'a b',
    'host:',
    'host:70000',
    'host/path',
    'host//',
    'ftp://host',
    'http://',
    '\x1b[2J',
  ];
  for (const address of refused) {
    test(`refuses ${JSON.stringify(address)}`, () => {
      const message = `${JSON.stringify(address)} is not an address: it must be a port, a host, host:port or a URL such as http://127.0.0.1:9121`;
      assert.throws(() => targetOf(address, CONFIG), new ConfigError(message));
    });
  }

  test('refuses a password, and does not show it', () => {
    const message = 'the address must not contain a user name or a password';
    assert.throws(() => targetOf('http://ada:secret@host', CONFIG), new ConfigError(message));
  });
});

describe('targetOf() without an address:', () => {
  const found: Array<[metricsHost: string, name: string]> = [
    ['127.0.0.1', 'http://127.0.0.1:9300'],
    ['*', 'http://127.0.0.1:9300'],
    ['0.0.0.0', 'http://127.0.0.1:9300'],
    ['::*', 'http://[::1]:9300'],
    ['::', 'http://[::1]:9300'],
    ['fd00::7', 'http://[fd00::7]:9300'],
    ['localhost', 'http://localhost:9300'],
  ];
  for (const [metricsHost, name] of found) {
    test(`metrics-host ${metricsHost}`, () => {
      assert.equal(nameOf(targetOf(null, { metricsHost, metricsPort: 9300 })), name);
    });
  }

  test('refuses a port that is off or not known', () => {
    assert.throws(
      () => targetOf(null, { ...CONFIG, metricsPort: null }),
      /^ConfigError: metrics-port is off/,
    );
    assert.throws(() => targetOf(null, { ...CONFIG, metricsPort: 0 }), /^ConfigError: metrics-port is 0/);
  });
});
