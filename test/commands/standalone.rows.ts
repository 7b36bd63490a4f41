import { array, bulk, error, int, like, unordered } from '../rows/reply.ts';
import { differs, group, scenario } from '../rows/row.ts';

export const serverStandalone = group('server: standalone', [
  scenario('ROLE, WAIT, LASTSAVE', [
    ['ROLE', array(bulk('master'), int(0), array())],
    ['ROLE x', error("ERR wrong number of arguments for 'role' command")],
    ['WAIT 0 0', int(0)],
    ['WAIT 0 100', int(0)],
    ['WAIT -1 0', int(0)],
    ['WAIT abc 0', error('ERR value is not an integer or out of range')],
    ['WAIT 0 abc', error('ERR timeout is not an integer or out of range')],
    ['WAIT 0 -1', error('ERR timeout is negative')],
    ['WAIT 0', error("ERR wrong number of arguments for 'wait' command")],
    ['LASTSAVE', like(/^:\d{10}\r\n$/, 'the time of the start')],
    ['LASTSAVE x', error("ERR wrong number of arguments for 'lastsave' command")],
  ]),
  scenario('saving is refused', [
    differs('no persistence yet', [
      'SAVE',
      error('ERR This server keeps its data in memory only and cannot save it'),
    ]),
    differs('no persistence yet', [
      'BGSAVE',
      error('ERR This server keeps its data in memory only and cannot save it'),
    ]),
    ['BGSAVE FOO', error('ERR syntax error')],
    ['SAVE x', error("ERR wrong number of arguments for 'save' command")],
  ]),
  scenario('ACL of the one user', [
    ['ACL WHOAMI', bulk('default')],
    ['ACL WHOAMI x', error("ERR wrong number of arguments for 'acl|whoami' command")],
    ['ACL USERS', array(bulk('default'))],
    [
      'ACL CAT',
      unordered(
        array(
          bulk('keyspace'),
          bulk('read'),
          bulk('write'),
          bulk('set'),
          bulk('sortedset'),
          bulk('list'),
          bulk('hash'),
          bulk('string'),
          bulk('bitmap'),
          bulk('hyperloglog'),
          bulk('geo'),
          bulk('stream'),
          bulk('pubsub'),
          bulk('admin'),
          bulk('fast'),
          bulk('slow'),
          bulk('blocking'),
          bulk('dangerous'),
          bulk('connection'),
          bulk('transaction'),
          bulk('scripting'),
        ),
      ),
    ],
    [
      'ACL CAT transaction',
      unordered(array(bulk('watch'), bulk('multi'), bulk('discard'), bulk('unwatch'), bulk('exec'))),
    ],
    [
      'ACL CAT bitmap',
      unordered(
        array(
          bulk('bitcount'),
          bulk('bitop'),
          bulk('bitpos'),
          bulk('bitfield'),
          bulk('setbit'),
          bulk('bitfield_ro'),
          bulk('getbit'),
        ),
      ),
    ],
    [
      'ACL CAT TRANSACTION',
      unordered(array(bulk('watch'), bulk('multi'), bulk('discard'), bulk('unwatch'), bulk('exec'))),
    ],
    ['ACL CAT nosuch', error("ERR Unknown category 'nosuch'")],
    ['ACL CAT a b', error("ERR unknown subcommand or wrong number of arguments for 'CAT'. Try ACL HELP.")],
    ['ACL NOSUCH', error("ERR unknown subcommand 'NOSUCH'. Try ACL HELP.")],
    ['ACL', error("ERR wrong number of arguments for 'acl' command")],
  ]),
]);
