import { array, bulk, error, like, map, ok, simple, unordered } from '../rows/reply.ts';
import { differs, group, scenario } from '../rows/row.ts';

export const serverConfig = group('server: CONFIG', [
  scenario('CONFIG GET', [
    ['CONFIG GET maxmemory', map([bulk('maxmemory'), bulk('0')])],
    ['CONFIG GET MaxMemory', map([bulk('MaxMemory'), bulk('0')])],
    [
      'CONFIG GET maxmemory-policy timeout',
      unordered(map([bulk('timeout'), bulk('0')], [bulk('maxmemory-policy'), bulk('noeviction')])),
    ],
    ['CONFIG GET databases', map([bulk('databases'), bulk('16')])],
    ['CONFIG GET nosuch', map()],
    ['CONFIG GET', error("ERR wrong number of arguments for 'config|get' command")],
    ['CONFIG GET maxmem*', like(/^[*%]\d+\r\n(\$\d+\r\n[^\r]*\r\n)+$/, 'the settings each server has')],
    [
      'CONFIG GET *hash-max-*-entries nosuch',
      like(/^[*%]\d+\r\n(\$\d+\r\n[^\r]*\r\n)*$/, 'the settings each server has'),
    ],
    ['CONFIG GET *', like(/^[*%]\d+\r\n(\$\d+\r\n[^\r]*\r\n)+$/, 'the settings each server has')],
    ['CONFIG GET maxmemory maxmemory', map([bulk('maxmemory'), bulk('0')])],
    ['CONFIG GET save', map([bulk('save'), bulk('')])],
    ['CONFIG GET appendonly', map([bulk('appendonly'), bulk('no')])],
    ['CONFIG GET slowlog-max-len', map([bulk('slowlog-max-len'), bulk('128')])],
    ['CONFIG GET proto-max-bulk-len', map([bulk('proto-max-bulk-len'), bulk('536870912')])],
    ['CONFIG GET lfu-log-factor', map([bulk('lfu-log-factor'), bulk('10')])],
    [
      'CONFIG GET maxclients',
      like(/^(\*2|%1)\r\n\$10\r\nmaxclients\r\n\$\d+\r\n\d+\r\n$/, 'depends on the file limit'),
    ],
  ]),
  scenario(
    'CONFIG SET',
    [
      ['CONFIG SET timeout 100', ok],
      ['CONFIG GET timeout', map([bulk('timeout'), bulk('100')])],
      ['CONFIG SET TIMEOUT 0', ok],
      ['CONFIG SET maxmemory 100mb', ok],
      ['CONFIG GET maxmemory', map([bulk('maxmemory'), bulk('104857600')])],
      ['CONFIG SET maxmemory 1gb', ok],
      ['CONFIG GET maxmemory', map([bulk('maxmemory'), bulk('1073741824')])],
      ['CONFIG SET maxmemory 1g', ok],
      ['CONFIG GET maxmemory', map([bulk('maxmemory'), bulk('1000000000')])],
      ['CONFIG SET maxmemory 1000000kb', ok],
      ['CONFIG GET maxmemory', map([bulk('maxmemory'), bulk('1024000000')])],
      ['CONFIG SET maxmemory 123456789', ok],
      ['CONFIG GET maxmemory', map([bulk('maxmemory'), bulk('123456789')])],
      ['CONFIG SET maxmemory 0', ok],
      ['CONFIG SET maxmemory-policy allkeys-lru', ok],
      ['CONFIG GET maxmemory-policy', map([bulk('maxmemory-policy'), bulk('allkeys-lru')])],
      ['CONFIG SET maxmemory-policy noeviction slowlog-max-len 64', ok],
      ['CONFIG GET slowlog-max-len', map([bulk('slowlog-max-len'), bulk('64')])],
      ['CONFIG SET maxmemory-policy volatile-lru', ok],
      ['CONFIG SET maxmemory-policy volatile-lfu', ok],
      ['CONFIG SET maxmemory-policy volatile-random', ok],
      ['CONFIG SET maxmemory-policy volatile-ttl', ok],
      ['CONFIG SET maxmemory-policy allkeys-lfu', ok],
      ['CONFIG SET maxmemory-policy allkeys-random', ok],
      ['CONFIG SET maxmemory-policy NOEVICTION', ok],
      ['CONFIG GET maxmemory-policy', map([bulk('maxmemory-policy'), bulk('noeviction')])],
    ],
    { after: ['CONFIG SET maxmemory 0 timeout 0 maxmemory-policy noeviction slowlog-max-len 128'] },
  ),
  scenario(
    'CONFIG SET errors',
    [
      ['CONFIG SET', error("ERR wrong number of arguments for 'config|set' command")],
      ['CONFIG SET timeout', error("ERR wrong number of arguments for 'config|set' command")],
      ['CONFIG SET nosuch 1', error("ERR Unknown option or number of arguments for CONFIG SET - 'nosuch'")],
      ['CONFIG SET nosuch', error("ERR wrong number of arguments for 'config|set' command")],
      [
        'CONFIG SET timeout abc',
        error(
          "ERR CONFIG SET failed (possibly related to argument 'timeout') - argument couldn't be parsed into an integer",
        ),
      ],
      [
        'CONFIG SET timeout -1',
        error(
          "ERR CONFIG SET failed (possibly related to argument 'timeout') - argument must be between 0 and 2147483647 inclusive",
        ),
      ],
      [
        'CONFIG SET timeout ""',
        error(
          "ERR CONFIG SET failed (possibly related to argument 'timeout') - argument couldn't be parsed into an integer",
        ),
      ],
      [
        'CONFIG SET timeout 99999999999',
        error(
          "ERR CONFIG SET failed (possibly related to argument 'timeout') - argument must be between 0 and 2147483647 inclusive",
        ),
      ],
      [
        'CONFIG SET maxmemory abc',
        error(
          "ERR CONFIG SET failed (possibly related to argument 'maxmemory') - argument must be a memory value",
        ),
      ],
      [
        'CONFIG SET maxmemory -1',
        error(
          "ERR CONFIG SET failed (possibly related to argument 'maxmemory') - argument must be a memory value",
        ),
      ],
      [
        'CONFIG SET maxmemory 1zb',
        error(
          "ERR CONFIG SET failed (possibly related to argument 'maxmemory') - argument must be a memory value",
        ),
      ],
      [
        'CONFIG SET maxmemory-policy nosuch',
        error(
          "ERR CONFIG SET failed (possibly related to argument 'maxmemory-policy') - argument(s) must be one of the following: volatile-lru, volatile-lfu, volatile-random, volatile-ttl, allkeys-lru, allkeys-lfu, allkeys-random, noeviction",
        ),
      ],
      [
        'CONFIG SET timeout 5 timeout 6',
        error("ERR CONFIG SET failed (possibly related to argument 'timeout') - duplicate parameter"),
      ],
      [
        'CONFIG SET timeout 7 nosuch 1',
        error("ERR Unknown option or number of arguments for CONFIG SET - 'nosuch'"),
      ],
      [
        'CONFIG SET timeout 7 maxmemory abc',
        error(
          "ERR CONFIG SET failed (possibly related to argument 'maxmemory') - argument must be a memory value",
        ),
      ],
      ['CONFIG GET timeout', map([bulk('timeout'), bulk('0')])],
      [
        'CONFIG SET databases 5',
        error(
          "ERR CONFIG SET failed (possibly related to argument 'databases') - can't set immutable config",
        ),
      ],
      ['CONFIG SET timeout 1 maxmemory', error('ERR syntax error')],
      [
        'CONFIG SET slowlog-max-len -1',
        error(
          "ERR CONFIG SET failed (possibly related to argument 'slowlog-max-len') - argument must be between 0 and 9223372036854775807 inclusive",
        ),
      ],
      [
        'CONFIG SET slowlog-max-len x',
        error(
          "ERR CONFIG SET failed (possibly related to argument 'slowlog-max-len') - argument couldn't be parsed into an integer",
        ),
      ],
      [
        'CONFIG SET maxclients 0',
        error(
          "ERR CONFIG SET failed (possibly related to argument 'maxclients') - argument must be between 1 and 4294967295 inclusive",
        ),
      ],
      [
        'CONFIG SET maxmemory-samples 0',
        error(
          "ERR CONFIG SET failed (possibly related to argument 'maxmemory-samples') - argument must be between 1 and 2147483647 inclusive",
        ),
      ],
      differs('data lives in memory only', [
        'CONFIG SET appendonly maybe',
        error(
          "ERR CONFIG SET failed (possibly related to argument 'appendonly') - can't set immutable config",
        ),
      ]),
      differs('the port stays as it was at the start', [
        'CONFIG SET port 99999999',
        error("ERR CONFIG SET failed (possibly related to argument 'port') - can't set immutable config"),
      ]),
    ],
    { after: ['CONFIG SET maxmemory 0 timeout 0 maxmemory-policy noeviction'] },
  ),
  scenario('CONFIG, other subcommands', [
    ['CONFIG', error("ERR wrong number of arguments for 'config' command")],
    ['CONFIG NOSUCH', error("ERR unknown subcommand 'NOSUCH'. Try CONFIG HELP.")],
    ['CONFIG RESETSTAT', ok],
    ['CONFIG RESETSTAT x', error("ERR wrong number of arguments for 'config|resetstat' command")],
    ['CONFIG REWRITE', error('ERR The server is running without a config file')],
    ['CONFIG REWRITE x', error("ERR wrong number of arguments for 'config|rewrite' command")],
    [
      'CONFIG HELP',
      array(
        simple('CONFIG <subcommand> [<arg> [value] [opt] ...]. Subcommands are:'),
        simple('GET <pattern>'),
        simple('    Return parameters matching the glob-like <pattern> and their values.'),
        simple('SET <directive> <value>'),
        simple('    Set the configuration <directive> to <value>.'),
        simple('RESETSTAT'),
        simple('    Reset statistics reported by the INFO command.'),
        simple('REWRITE'),
        simple('    Rewrite the configuration file.'),
        simple('HELP'),
        simple('    Prints this help.'),
      ),
    ],
    ['CONFIG HELP x', error("ERR wrong number of arguments for 'config|help' command")],
  ]),
]);
