import { array, bulk, error, int, like, nil, ok } from '../rows/reply.ts';
import { differs, group, scenario } from '../rows/row.ts';
import { entry, groupInfo } from './stream-replies.ts';

export const streamsInfoGroups = group('streams: info groups', [
  scenario('XINFO GROUPS: what was read and what is left', [
    ['XADD s 1-1 f v', bulk('1-1')],
    ['XADD s 1-2 f v', bulk('1-2')],
    ['XADD s 1-3 f v', bulk('1-3')],
    ['XADD s 1-4 f v', bulk('1-4')],
    ['XADD s 1-5 f v', bulk('1-5')],
    ['XGROUP CREATE s g 0', ok],
    ['XGROUP CREATE s h $', ok],
    ['XGROUP CREATE s i 1-2', ok],
    [
      'XINFO GROUPS s',
      array(
        groupInfo('g', 0, 0, '0-0', nil, int(5)),
        groupInfo('h', 0, 0, '1-5', nil, int(0)),
        groupInfo('i', 0, 0, '1-2', nil, nil),
      ),
    ],
    [
      'XREADGROUP GROUP g c COUNT 1 STREAMS s >',
      array(array(bulk('s'), array(entry('1-1', 'f', 'v')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n',
    ],
    [
      'XREADGROUP GROUP i c COUNT 1 STREAMS s >',
      array(array(bulk('s'), array(entry('1-3', 'f', 'v')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-3\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n',
    ],
    [
      'XINFO GROUPS s',
      array(
        groupInfo('g', 1, 1, '1-1', int(1), int(4)),
        groupInfo('h', 0, 0, '1-5', nil, int(0)),
        groupInfo('i', 1, 1, '1-3', nil, nil),
      ),
    ],
    [
      'XREADGROUP GROUP i c COUNT 1 STREAMS s >',
      array(array(bulk('s'), array(entry('1-4', 'f', 'v')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-4\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n',
    ],
    [
      'XREADGROUP GROUP i c COUNT 1 STREAMS s >',
      array(array(bulk('s'), array(entry('1-5', 'f', 'v')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-5\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n',
    ],
    ['XADD s 1-6 f v', bulk('1-6')],
    [
      'XINFO GROUPS s',
      array(
        groupInfo('g', 1, 1, '1-1', int(1), int(5)),
        groupInfo('h', 0, 0, '1-5', nil, nil),
        groupInfo('i', 1, 3, '1-5', int(5), int(1)),
      ),
    ],
    ['XDEL s 1-1', int(1)],
    [
      'XINFO GROUPS s',
      array(
        groupInfo('g', 1, 1, '1-1', int(1), int(5)),
        groupInfo('h', 0, 0, '1-5', nil, nil),
        groupInfo('i', 1, 3, '1-5', int(5), int(1)),
      ),
    ],
    ['XDEL s 1-4', int(1)],
    [
      'XINFO GROUPS s',
      array(
        groupInfo('g', 1, 1, '1-1', int(1), nil),
        groupInfo('h', 0, 0, '1-5', nil, nil),
        groupInfo('i', 1, 3, '1-5', int(5), int(1)),
      ),
    ],
    [
      'XREADGROUP GROUP g c COUNT 1 STREAMS s >',
      array(array(bulk('s'), array(entry('1-2', 'f', 'v')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-2\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n',
    ],
    [
      'XINFO GROUPS s',
      array(
        groupInfo('g', 1, 2, '1-2', nil, nil),
        groupInfo('h', 0, 0, '1-5', nil, nil),
        groupInfo('i', 1, 3, '1-5', int(5), int(1)),
      ),
    ],
    [
      'XREADGROUP GROUP g c STREAMS s >',
      array(array(bulk('s'), array(entry('1-3', 'f', 'v'), entry('1-5', 'f', 'v'), entry('1-6', 'f', 'v')))),
      '%1\r\n$1\r\ns\r\n*3\r\n*2\r\n$3\r\n1-3\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n*2\r\n$3\r\n1-5\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n*2\r\n$3\r\n1-6\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n',
    ],
    [
      'XREADGROUP GROUP h c STREAMS s >',
      array(array(bulk('s'), array(entry('1-6', 'f', 'v')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-6\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n',
    ],
    [
      'XINFO GROUPS s',
      array(
        groupInfo('g', 1, 5, '1-6', int(6), int(0)),
        groupInfo('h', 1, 1, '1-6', int(6), int(0)),
        groupInfo('i', 1, 3, '1-5', int(5), int(1)),
      ),
    ],
    ['XTRIM s MAXLEN 1', int(3)],
    ['XADD s 1-7 f v', bulk('1-7')],
    [
      'XINFO GROUPS s',
      array(
        groupInfo('g', 1, 5, '1-6', int(6), int(1)),
        groupInfo('h', 1, 1, '1-6', int(6), int(1)),
        groupInfo('i', 1, 3, '1-5', int(5), int(2)),
      ),
    ],
    ['XGROUP SETID s g 0', ok],
    ['XGROUP SETID s h 1-6 ENTRIESREAD 3', ok],
    [
      'XINFO GROUPS s',
      array(
        groupInfo('g', 1, 5, '0-0', nil, int(2)),
        groupInfo('h', 1, 1, '1-6', int(3), int(4)),
        groupInfo('i', 1, 3, '1-5', int(5), int(2)),
      ),
    ],
    [
      'XREADGROUP GROUP h c STREAMS s >',
      array(array(bulk('s'), array(entry('1-7', 'f', 'v')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-7\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n',
    ],
    [
      'XINFO GROUPS s',
      array(
        groupInfo('g', 1, 5, '0-0', nil, int(2)),
        groupInfo('h', 1, 2, '1-7', int(4), int(3)),
        groupInfo('i', 1, 3, '1-5', int(5), int(2)),
      ),
    ],
    ['XTRIM s MAXLEN 0', int(2)],
    [
      'XINFO GROUPS s',
      array(
        groupInfo('g', 1, 5, '0-0', nil, int(0)),
        groupInfo('h', 1, 2, '1-7', int(4), int(3)),
        groupInfo('i', 1, 3, '1-5', int(5), int(2)),
      ),
    ],
    ['XGROUP CREATE s k 1-3', ok],
    ['XGROUP CREATE s l 9', ok],
    [
      'XINFO GROUPS s',
      array(
        groupInfo('g', 1, 5, '0-0', nil, int(0)),
        groupInfo('h', 1, 2, '1-7', int(4), int(3)),
        groupInfo('i', 1, 3, '1-5', int(5), int(2)),
        groupInfo('k', 0, 0, '1-3', nil, int(0)),
        groupInfo('l', 0, 0, '9-0', nil, nil),
      ),
    ],
    ['XADD s 2-1 f v', bulk('2-1')],
    [
      'XINFO GROUPS s',
      array(
        groupInfo('g', 1, 5, '0-0', nil, int(1)),
        groupInfo('h', 1, 2, '1-7', int(4), int(4)),
        groupInfo('i', 1, 3, '1-5', int(5), int(3)),
        groupInfo('k', 0, 0, '1-3', nil, int(1)),
        groupInfo('l', 0, 0, '9-0', nil, nil),
      ),
    ],
  ]),
  scenario('XINFO STREAM FULL: consumers', [
    ['XADD s 1-1 f v', bulk('1-1')],
    ['XGROUP CREATE s g 0', ok],
    [
      'XREADGROUP GROUP g c STREAMS s >',
      array(array(bulk('s'), array(entry('1-1', 'f', 'v')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n',
    ],
    differs('active-time is of 7.2', [
      'XINFO STREAM s FULL',
      like(
        /consumers\r\n\*1\r\n[*%](5|10)\r\n\$4\r\nname\r\n\$1\r\nc\r\n\$9\r\nseen-time\r\n:\d{13}\r\n\$11\r\nactive-time\r\n:\d{13}\r\n\$9\r\npel-count\r\n:1\r\n\$7\r\npending\r\n\*1\r\n\*3\r\n\$3\r\n1-1\r\n:\d{13}\r\n:1\r\n$/,
        'the times of day',
      ),
    ]),
  ]),
  scenario('XINFO CONSUMERS', [
    ['XADD s 1-1 f v', bulk('1-1')],
    ['XGROUP CREATE s g 0', ok],
    ['XINFO CONSUMERS s g', array()],
    ['XGROUP CREATECONSUMER s g c', int(1)],
    differs('inactive is of 7.2', [
      'XINFO CONSUMERS s g',
      like(
        /^\*1\r\n[*%][48]\r\n\$4\r\nname\r\n\$1\r\nc\r\n\$7\r\npending\r\n:0\r\n\$4\r\nidle\r\n:\d+\r\n\$8\r\ninactive\r\n:-1\r\n$/,
        'the idle time',
      ),
    ]),
    [
      'XREADGROUP GROUP g d STREAMS s >',
      array(array(bulk('s'), array(entry('1-1', 'f', 'v')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n',
    ],
    differs('inactive is of 7.2', [
      'XINFO CONSUMERS s g',
      like(
        /^\*2\r\n([*%][48]\r\n\$4\r\nname\r\n\$1\r\n[cd]\r\n\$7\r\npending\r\n:[01]\r\n\$4\r\nidle\r\n:\d+\r\n\$8\r\ninactive\r\n:(-1|\d+)\r\n){2}$/,
        'the idle times',
      ),
    ]),
  ]),
  scenario('XINFO: what is wrong', [
    ['XADD s 1-1 f v', bulk('1-1')],
    ['XGROUP CREATE s g 0', ok],
    ['XINFO', error("ERR wrong number of arguments for 'xinfo' command")],
    ['XINFO FOO', error("ERR unknown subcommand 'FOO'. Try XINFO HELP.")],
    ['XINFO FOO s', error("ERR unknown subcommand 'FOO'. Try XINFO HELP.")],
    ['XINFO STREAM', error("ERR wrong number of arguments for 'xinfo|stream' command")],
    ['XINFO STREAM none', error('ERR no such key')],
    [
      'XINFO STREAM s FOO',
      error("ERR unknown subcommand or wrong number of arguments for 'STREAM'. Try XINFO HELP."),
    ],
    [
      'XINFO STREAM s FULL FOO',
      error("ERR unknown subcommand or wrong number of arguments for 'STREAM'. Try XINFO HELP."),
    ],
    [
      'XINFO STREAM s FULL COUNT',
      error("ERR unknown subcommand or wrong number of arguments for 'STREAM'. Try XINFO HELP."),
    ],
    ['XINFO STREAM s FULL COUNT x', error('ERR value is not an integer or out of range')],
    [
      'XINFO STREAM s FULL FOO 1',
      error("ERR unknown subcommand or wrong number of arguments for 'STREAM'. Try XINFO HELP."),
    ],
    [
      'XINFO STREAM s FOO COUNT 1',
      error("ERR unknown subcommand or wrong number of arguments for 'STREAM'. Try XINFO HELP."),
    ],
    [
      'XINFO STREAM s FULL COUNT 1 FOO',
      error("ERR unknown subcommand or wrong number of arguments for 'STREAM'. Try XINFO HELP."),
    ],
    ['XINFO STREAM none FOO', error('ERR no such key')],
    ['XINFO GROUPS', error("ERR wrong number of arguments for 'xinfo|groups' command")],
    ['XINFO GROUPS none', error('ERR no such key')],
    ['XINFO GROUPS s g', error("ERR wrong number of arguments for 'xinfo|groups' command")],
    ['XINFO CONSUMERS', error("ERR wrong number of arguments for 'xinfo|consumers' command")],
    ['XINFO CONSUMERS s', error("ERR wrong number of arguments for 'xinfo|consumers' command")],
    ['XINFO CONSUMERS s none', error("NOGROUP No such consumer group 'none' for key name 's'")],
    ['XINFO CONSUMERS none g', error('ERR no such key')],
    ['XINFO CONSUMERS s g c', error("ERR wrong number of arguments for 'xinfo|consumers' command")],
    ['XINFO HELP x', error("ERR wrong number of arguments for 'xinfo|help' command")],
    ['SET str v', ok],
    ['XINFO STREAM str', error('WRONGTYPE Operation against a key holding the wrong kind of value')],
    ['XINFO STREAM str FOO', error('WRONGTYPE Operation against a key holding the wrong kind of value')],
    ['XINFO GROUPS str', error('WRONGTYPE Operation against a key holding the wrong kind of value')],
    ['XINFO CONSUMERS str g', error('WRONGTYPE Operation against a key holding the wrong kind of value')],
  ]),
]);
