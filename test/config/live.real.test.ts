import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { configFrom } from '../../src/config/config.ts';
import { Settings } from '../../src/config/live.ts';
import { RefusedSettingError, UnknownSettingError } from '../../src/config/setting-error.ts';
import { besideRedis } from '../rows/beside-redis.ts';
import { realRedisMissing } from '../rows/real-redis.ts';

/** What CONFIG SET answers for some pairs. */
function replyOf(settings: Settings, words: readonly string[]): string {
  const pairs: Array<[string, string]> = [];
  for (let i = 0; i < words.length; i += 2) pairs.push([words[i]!, words[i + 1]!]);
  try {
    settings.set(pairs);
    return '+OK\r\n';
  } catch (error) {
    if (error instanceof UnknownSettingError) {
      return `-ERR Unknown option or number of arguments for CONFIG SET - '${error.message}'\r\n`;
    }
    assert.ok(error instanceof RefusedSettingError);
    return `-ERR CONFIG SET failed (possibly related to argument '${error.setting}') - ${error.message}\r\n`;
  }
}

/** Arguments of CONFIG SET; afterwards both are asked for the first name. */
const rows: string[][] = [
  ...[
    'abc',
    '-1',
    '',
    '1.5gb',
    '10zb',
    '10%',
    '100mb',
    '1g',
    '1GB',
    '1b',
    '1K',
    '1 mb',
    ' 5',
    '+5',
    '0x5',
    'mb',
  ].map((text) => ['maxmemory', text]),
  ...[
    'abc',
    '-1',
    '2147483648',
    '2147483647',
    '1mb',
    ' 5',
    '007',
    '+5',
    '99999999999999999999',
    '',
    '-0',
    '5',
  ].map((text) => ['timeout', text]),
  ...['maybe', 'YES', 'no', '1', ''].map((text) => ['protected-mode', text]),
  ...['foo', '', 'ALLKEYS-LRU', 'volatile-ttl'].map((text) => ['maxmemory-policy', text]),
  ...['1000', '0', '-1', '20'].map((text) => ['hz', text]),
  ...[
    'normal 0 0 0',
    'foo 1 2 3',
    'normal 1 2',
    'normal a 2 3',
    'normal 1 2 a',
    'normal -1 2 1',
    'master 1 2 1',
  ].map((text) => ['client-output-buffer-limit', text]),
  ...[
    'NORMAL 1mb 2mb 1 replica 1k 2k 3',
    '',
    'normal  1 2 3',
    'normal 1 2 3 ',
    'pubsub 1 2 3 pubsub 4 5 6',
  ].map((text) => ['client-output-buffer-limit', text]),
  ['maxclients', '0'],
  ['maxmemory-samples', '0'],
  ['maxmemory-samples', '65'],
  ['lfu-log-factor', '-1'],
  ['lfu-decay-time', 'x'],
  ['slowlog-log-slower-than', '-5'],
  ['slowlog-log-slower-than', '5x'],
  ['slowlog-log-slower-than', '-1'],
  ['slowlog-max-len', '-1'],
  ['slowlog-max-len', '9223372036854775808'],
  ['latency-monitor-threshold', '-1'],
  ['client-query-buffer-limit', '1kb'],
  ['client-query-buffer-limit', '99999999999999999999'],
  ['proto-max-bulk-len', 'abc'],
  ['proto-max-bulk-len', '1'],
  ['proto-max-bulk-len', '512mb'],
  ['hash-max-listpack-entries', '-1'],
  ['hash-max-listpack-value', 'abc'],
  ['hash-max-ziplist-entries', '99'],
  ['hash-max-ziplist-entries', '-1'],
  ['list-max-listpack-size', '99999999999'],
  ['list-max-listpack-size', '-6'],
  ['list-compress-depth', '-1'],
  ['stream-node-max-entries', '-1'],
  ['hll-sparse-max-bytes', '3k'],
  ['set-max-intset-entries', '-1'],
  ['shutdown-timeout', '-1'],
  ['tcp-keepalive', '-1'],
  ['requirepass', ''],
  ['lazyfree-lazy-eviction', 'no'],
  ['lazyfree-lazy-eviction', '1'],
  ['databases', '3'],
  ['tcp-backlog', '1'],
  ['dir', '/'],
  ['enable-debug-command', 'no'],
  ['io-threads', '1'],
  ['cluster-enabled', 'no'],
  ['save', ''],
  ['appendonly', 'NO'],
  ['nosuch', '1'],
  ['NoSuch', '1'],
  ['MAXMEMORY', 'abc'],
  ['maxmemory', '7', 'nosuch', '1'],
  ['maxmemory', '7', 'timeout', 'abc'],
  ['timeout', 'abc', 'maxmemory', 'abc'],
  ['timeout', 'abc', 'databases', '3'],
  ['databases', '3', 'nosuch', '4'],
  ['timeout', '1', 'TIMEOUT', '1'],
  ['hash-max-ziplist-entries', '1', 'hash-max-listpack-entries', '2'],
  ['maxmemory', '7', 'timeout', '9'],
];

/** Asked for by name only: what Redis answers beyond them depends on the system it runs on. */
const SAME_DEFAULTS = [
  'timeout tcp-keepalive maxclients requirepass protected-mode tcp-backlog databases hz shutdown-timeout',
  'maxmemory maxmemory-policy maxmemory-samples lfu-log-factor lfu-decay-time proto-max-bulk-len',
  'client-query-buffer-limit slowlog-log-slower-than slowlog-max-len latency-monitor-threshold',
  'hash-max-listpack-entries hash-max-listpack-value hash-max-ziplist-entries list-max-listpack-size',
  'list-compress-depth set-max-intset-entries zset-max-listpack-entries zset-max-listpack-value',
  'hll-sparse-max-bytes stream-node-max-bytes stream-node-max-entries save appendonly appendfsync',
  'io-threads cluster-enabled notify-keyspace-events replica-read-only slave-priority dbfilename',
].flatMap((line) => line.split(' '));

describe('Settings beside redis-server', { skip: realRedisMissing() }, () => {
  const redis = besideRedis();
  const settings = new Settings(configFrom());

  async function theirs(name: string): Promise<string> {
    return (await redis.call('CONFIG', 'GET', name)).split('\r\n').slice(4, -1).join('\r\n');
  }

  for (const name of SAME_DEFAULTS) {
    test(`get() has Redis's default of ${name}`, async () => {
      assert.equal(settings.get(name), await theirs(name));
    });
  }

  for (const words of rows) {
    test(`set() answers as CONFIG SET ${JSON.stringify(words.join(' '))}`, async () => {
      const [name = ''] = words;
      if (name === 'client-output-buffer-limit') {
        const limits = 'normal 1 1 1 slave 2 2 2 pubsub 3 3 3';
        await redis.call('CONFIG', 'SET', name, limits);
        settings.set([[name, limits]]);
      }
      assert.equal(replyOf(settings, words), await redis.call('CONFIG', 'SET', ...words));
      if (settings.get(name) !== undefined && name !== 'dir' && name !== 'enable-debug-command') {
        assert.equal(settings.get(name), await theirs(name));
      }
    });
  }
});
