import { array, bulk, error, int, like, map, nil, set, simple, unordered } from '../rows/reply.ts';
import { group, scenario } from '../rows/row.ts';

export const serverCommand = group('server: COMMAND', [
  scenario('COMMAND COUNT and the whole list', [
    ['COMMAND COUNT', like(/^:\d+\r\n$/, 'each server has its own number of commands')],
    ['COMMAND COUNT x', error("ERR wrong number of arguments for 'command|count' command")],
    ['COMMAND', like(/^\*\d+\r\n\*10\r\n[\s\S]*$/, 'each server has its own commands')],
    ['COMMAND LIST', like(/^[*~]\d+\r\n[\s\S]*$/, 'each server has its own commands')],
    ['COMMAND INFO', like(/^\*\d+\r\n\*10\r\n[\s\S]*$/, 'each server has its own commands')],
  ]),
  scenario('COMMAND INFO', [
    [
      'COMMAND INFO get',
      array(
        array(
          bulk('get'),
          int(2),
          set(simple('readonly'), simple('fast')),
          int(1),
          int(1),
          int(1),
          set(simple('@read'), simple('@string'), simple('@fast')),
          set(),
          set(
            map(
              [bulk('flags'), set(simple('RO'), simple('access'))],
              [
                bulk('begin_search'),
                map([bulk('type'), bulk('index')], [bulk('spec'), map([bulk('index'), int(1)])]),
              ],
              [
                bulk('find_keys'),
                map(
                  [bulk('type'), bulk('range')],
                  [
                    bulk('spec'),
                    map([bulk('lastkey'), int(0)], [bulk('keystep'), int(1)], [bulk('limit'), int(0)]),
                  ],
                ),
              ],
            ),
          ),
          set(),
        ),
      ),
    ],
    [
      'COMMAND INFO GET',
      array(
        array(
          bulk('get'),
          int(2),
          set(simple('readonly'), simple('fast')),
          int(1),
          int(1),
          int(1),
          set(simple('@read'), simple('@string'), simple('@fast')),
          set(),
          set(
            map(
              [bulk('flags'), set(simple('RO'), simple('access'))],
              [
                bulk('begin_search'),
                map([bulk('type'), bulk('index')], [bulk('spec'), map([bulk('index'), int(1)])]),
              ],
              [
                bulk('find_keys'),
                map(
                  [bulk('type'), bulk('range')],
                  [
                    bulk('spec'),
                    map([bulk('lastkey'), int(0)], [bulk('keystep'), int(1)], [bulk('limit'), int(0)]),
                  ],
                ),
              ],
            ),
          ),
          set(),
        ),
      ),
    ],
    ['COMMAND INFO nosuch', array(nil)],
    [
      'COMMAND INFO ping nosuch echo',
      array(
        array(
          bulk('ping'),
          int(-1),
          set(simple('fast')),
          int(0),
          int(0),
          int(0),
          set(simple('@fast'), simple('@connection')),
          set(bulk('request_policy:all_shards'), bulk('response_policy:all_succeeded')),
          set(),
          set(),
        ),
        nil,
        array(
          bulk('echo'),
          int(2),
          set(simple('loading'), simple('stale'), simple('fast')),
          int(0),
          int(0),
          int(0),
          set(simple('@fast'), simple('@connection')),
          set(),
          set(),
          set(),
        ),
      ),
    ],
    [
      'COMMAND INFO client|id',
      array(
        array(
          bulk('client|id'),
          int(2),
          set(simple('noscript'), simple('loading'), simple('stale')),
          int(0),
          int(0),
          int(0),
          set(simple('@slow'), simple('@connection')),
          set(),
          set(),
          set(),
        ),
      ),
    ],
    ['COMMAND INFO "client id"', array(nil)],
    ['COMMAND INFO client|nosuch', array(nil)],
    [
      'COMMAND INFO exec',
      array(
        array(
          bulk('exec'),
          int(1),
          set(simple('noscript'), simple('loading'), simple('stale'), simple('skip_slowlog')),
          int(0),
          int(0),
          int(0),
          set(simple('@slow'), simple('@transaction')),
          set(),
          set(),
          set(),
        ),
      ),
    ],
  ]),
  scenario('COMMAND DOCS', [
    [
      'COMMAND DOCS get',
      like(
        /^(\*2|%1)\r\n\$3\r\nget\r\n(\*10|%5)\r\n\$7\r\nsummary\r\n\$\d+\r\n[^\r]+\r\n\$5\r\nsince\r\n\$5\r\n1\.0\.0\r\n\$5\r\ngroup\r\n\$6\r\nstring\r\n\$10\r\ncomplexity\r\n\$4\r\nO\(1\)\r\n\$9\r\narguments\r\n\*1\r\n(\*6|%3)\r\n\$4\r\nname\r\n\$3\r\nkey\r\n\$4\r\ntype\r\n\$3\r\nkey\r\n\$14\r\nkey_spec_index\r\n:0\r\n$/,
        "the summary is in each server's own words",
      ),
    ],
    [
      'COMMAND DOCS client|id',
      like(
        /^(\*2|%1)\r\n\$9\r\nclient\|id\r\n(\*8|%4)\r\n\$7\r\nsummary\r\n\$\d+\r\n[^\r]+\r\n\$5\r\nsince\r\n\$5\r\n5\.0\.0\r\n\$5\r\ngroup\r\n\$10\r\nconnection\r\n\$10\r\ncomplexity\r\n\$4\r\nO\(1\)\r\n$/,
        "the summary is in each server's own words",
      ),
    ],
    [
      'COMMAND DOCS incr nosuch decr',
      like(
        /^(\*4|%2)\r\n\$4\r\n(incr\r\n[\s\S]*\$4\r\ndecr|decr\r\n[\s\S]*\$4\r\nincr)\r\n[\s\S]*$/,
        "in no order, the summary is in each server's own words",
      ),
    ],
    ['COMMAND DOCS nosuch', map()],
    [
      'COMMAND DOCS',
      like(/^[*%]\d+\r\n[\s\S]*\r\n\$7\r\nsummary\r\n[\s\S]*$/, 'each server has its own commands'),
    ],
  ]),
  scenario('COMMAND LIST', [
    ['COMMAND LIST FILTERBY PATTERN mget', array(bulk('mget'))],
    ['COMMAND LIST FILTERBY PATTERN MGET', array(bulk('mget'))],
    ['COMMAND LIST FILTERBY PATTERN bitfield*', unordered(array(bulk('bitfield'), bulk('bitfield_ro')))],
    ['COMMAND LIST FILTERBY PATTERN nosuch*', array()],
    [
      'COMMAND LIST FILTERBY PATTERN object*',
      unordered(
        array(
          bulk('object'),
          bulk('object|idletime'),
          bulk('object|help'),
          bulk('object|encoding'),
          bulk('object|freq'),
          bulk('object|refcount'),
        ),
      ),
    ],
    [
      'COMMAND LIST FILTERBY ACLCAT bitmap',
      unordered(
        array(
          bulk('bitcount'),
          bulk('bitfield'),
          bulk('bitfield_ro'),
          bulk('getbit'),
          bulk('bitop'),
          bulk('bitpos'),
          bulk('setbit'),
        ),
      ),
    ],
    [
      'COMMAND LIST FILTERBY ACLCAT transaction',
      unordered(array(bulk('exec'), bulk('multi'), bulk('discard'), bulk('watch'), bulk('unwatch'))),
    ],
    ['COMMAND LIST FILTERBY ACLCAT nosuch', array()],
    ['COMMAND LIST FILTERBY MODULE nosuch', array()],
    ['COMMAND LIST filterby pattern get', array(bulk('get'))],
    ['COMMAND LIST FILTERBY', error('ERR syntax error')],
    ['COMMAND LIST FILTERBY FOO bar', error('ERR syntax error')],
    ['COMMAND LIST FILTERBY PATTERN', error('ERR syntax error')],
    ['COMMAND LIST FOO', error('ERR syntax error')],
  ]),
  scenario('COMMAND GETKEYS', [
    ['COMMAND GETKEYS GET k', array(bulk('k'))],
    ['COMMAND GETKEYS MSET a 1 b 2 c 3', array(bulk('a'), bulk('b'), bulk('c'))],
    ['COMMAND GETKEYS mget a b c', array(bulk('a'), bulk('b'), bulk('c'))],
    ['COMMAND GETKEYS SET k v EX 10', array(bulk('k'))],
    ['COMMAND GETKEYS DEL a b', array(bulk('a'), bulk('b'))],
    ['COMMAND GETKEYS RENAME a b', array(bulk('a'), bulk('b'))],
    ['COMMAND GETKEYS COPY a b DB 1', array(bulk('a'), bulk('b'))],
    ['COMMAND GETKEYS BITOP AND d a b', array(bulk('d'), bulk('a'), bulk('b'))],
    ['COMMAND GETKEYS LCS a b', array(bulk('a'), bulk('b'))],
    ['COMMAND GETKEYS OBJECT ENCODING k', array(bulk('k'))],
    ['COMMAND GETKEYS MEMORY USAGE k', array(bulk('k'))],
    ['COMMAND GETKEYS BITFIELD k GET u8 0', array(bulk('k'))],
    ['COMMAND GETKEYS WATCH a b', array(bulk('a'), bulk('b'))],
    ['COMMAND GETKEYS PING', error("ERR wrong number of arguments for 'command|getkeys' command")],
    ['COMMAND GETKEYS CLIENT ID', error('ERR The command has no key arguments')],
    ['COMMAND GETKEYS NOSUCH k', error('ERR Invalid command specified')],
    ['COMMAND GETKEYS GET', error("ERR wrong number of arguments for 'command|getkeys' command")],
    ['COMMAND GETKEYS GET a b', error('ERR Invalid number of arguments specified for command')],
    ['COMMAND GETKEYS SCAN 0', error('ERR The command has no key arguments')],
    ['COMMAND GETKEYS MSET a', error('ERR Invalid number of arguments specified for command')],
    ['COMMAND GETKEYS OBJECT NOSUCH k', error('ERR Invalid command specified')],
    ['COMMAND GETKEYS', error("ERR wrong number of arguments for 'command|getkeys' command")],
    ['COMMAND GETKEYSANDFLAGS GET k', array(array(bulk('k'), set(simple('RO'), simple('access'))))],
    ['COMMAND GETKEYSANDFLAGS SET k v', array(array(bulk('k'), set(simple('OW'), simple('update'))))],
    [
      'COMMAND GETKEYSANDFLAGS SET k v GET',
      array(array(bulk('k'), set(simple('RW'), simple('access'), simple('update')))),
    ],
    [
      'COMMAND GETKEYSANDFLAGS RENAME a b',
      array(
        array(bulk('a'), set(simple('RW'), simple('access'), simple('delete'))),
        array(bulk('b'), set(simple('OW'), simple('update'))),
      ),
    ],
    [
      'COMMAND GETKEYSANDFLAGS BITOP AND d a b',
      array(
        array(bulk('d'), set(simple('OW'), simple('update'))),
        array(bulk('a'), set(simple('RO'), simple('access'))),
        array(bulk('b'), set(simple('RO'), simple('access'))),
      ),
    ],
    ['COMMAND GETKEYSANDFLAGS DEL a', array(array(bulk('a'), set(simple('RM'), simple('delete'))))],
    [
      'COMMAND GETKEYSANDFLAGS MSET a 1 b 2',
      array(
        array(bulk('a'), set(simple('OW'), simple('update'))),
        array(bulk('b'), set(simple('OW'), simple('update'))),
      ),
    ],
    [
      'COMMAND GETKEYSANDFLAGS PING',
      error("ERR wrong number of arguments for 'command|getkeysandflags' command"),
    ],
    ['COMMAND GETKEYSANDFLAGS NOSUCH k', error('ERR Invalid command specified')],
  ]),
  scenario('COMMAND errors', [
    ['COMMAND NOSUCH', error("ERR unknown subcommand 'NOSUCH'. Try COMMAND HELP.")],
    ['COMMAND COUNT FOO BAR', error("ERR wrong number of arguments for 'command|count' command")],
    [
      'COMMAND HELP',
      array(
        simple('COMMAND <subcommand> [<arg> [value] [opt] ...]. Subcommands are:'),
        simple('(no subcommand)'),
        simple('    Return details about all Redis commands.'),
        simple('COUNT'),
        simple('    Return the total number of commands in this Redis server.'),
        simple('LIST'),
        simple('    Return a list of all commands in this Redis server.'),
        simple('INFO [<command-name> ...]'),
        simple('    Return details about multiple Redis commands.'),
        simple('    If no command names are given, documentation details for all'),
        simple('    commands are returned.'),
        simple('DOCS [<command-name> ...]'),
        simple('    Return documentation details about multiple Redis commands.'),
        simple('    If no command names are given, documentation details for all'),
        simple('    commands are returned.'),
        simple('GETKEYS <full-command>'),
        simple('    Return the keys from a full Redis command.'),
        simple('GETKEYSANDFLAGS <full-command>'),
        simple('    Return the keys and the access flags from a full Redis command.'),
        simple('HELP'),
        simple('    Prints this help.'),
      ),
    ],
  ]),
]);
