import { array, bulk, error, int, like, nil, nilArray, ok, queued } from '../rows/reply.ts';
import { differs, group, on, raw, receives, scenario } from '../rows/row.ts';
import { entry, groupInfo } from './stream-replies.ts';

export const streamsGroupReads = group('streams: group reads', [
  scenario('XREADGROUP: new entries', [
    ['XADD s 1-1 f 1', bulk('1-1')],
    ['XADD s 1-2 f 2', bulk('1-2')],
    ['XADD s 1-3 f 3', bulk('1-3')],
    ['XGROUP CREATE s g 0', ok],
    [
      'XREADGROUP GROUP g c COUNT 1 STREAMS s >',
      array(array(bulk('s'), array(entry('1-1', 'f', '1')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\n1\r\n',
    ],
    [
      'XREADGROUP GROUP g d COUNT 1 STREAMS s >',
      array(array(bulk('s'), array(entry('1-2', 'f', '2')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-2\r\n*2\r\n$1\r\nf\r\n$1\r\n2\r\n',
    ],
    [
      'XREADGROUP GROUP g c STREAMS s >',
      array(array(bulk('s'), array(entry('1-3', 'f', '3')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-3\r\n*2\r\n$1\r\nf\r\n$1\r\n3\r\n',
    ],
    ['XREADGROUP GROUP g c STREAMS s >', nilArray],
    ['XREADGROUP GROUP g e STREAMS s >', nilArray],
    [
      'XPENDING s g',
      array(
        int(3),
        bulk('1-1'),
        bulk('1-3'),
        array(array(bulk('c'), bulk('2')), array(bulk('d'), bulk('1'))),
      ),
    ],
    ['XINFO GROUPS s', array(groupInfo('g', 2, 3, '1-3', int(3), int(0)))],
    ['XADD s 1-4 f 4', bulk('1-4')],
    [
      'XREADGROUP GROUP g e NOACK STREAMS s >',
      array(array(bulk('s'), array(entry('1-4', 'f', '4')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-4\r\n*2\r\n$1\r\nf\r\n$1\r\n4\r\n',
    ],
    [
      'XPENDING s g',
      array(
        int(3),
        bulk('1-1'),
        bulk('1-3'),
        array(array(bulk('c'), bulk('2')), array(bulk('d'), bulk('1'))),
      ),
    ],
    ['XADD s 1-5 f 5', bulk('1-5')],
    [
      'XREADGROUP COUNT 0 GROUP g e STREAMS s >',
      array(array(bulk('s'), array(entry('1-5', 'f', '5')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-5\r\n*2\r\n$1\r\nf\r\n$1\r\n5\r\n',
    ],
    ['XADD t 1-1 f 1', bulk('1-1')],
    ['XGROUP CREATE t g 0', ok],
    ['XADD s 1-6 f 6', bulk('1-6')],
    [
      'XREADGROUP GROUP g c STREAMS s t > >',
      array(array(bulk('s'), array(entry('1-6', 'f', '6'))), array(bulk('t'), array(entry('1-1', 'f', '1')))),
      '%2\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-6\r\n*2\r\n$1\r\nf\r\n$1\r\n6\r\n$1\r\nt\r\n*1\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\n1\r\n',
    ],
    ['XREADGROUP GROUP g c STREAMS s t > >', nilArray],
    [
      'XREADGROUP GROUP g c STREAMS s t > 0',
      array(array(bulk('t'), array(entry('1-1', 'f', '1')))),
      '%1\r\n$1\r\nt\r\n*1\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\n1\r\n',
    ],
    ['XINFO GROUPS t', array(groupInfo('g', 1, 1, '1-1', int(1), int(0)))],
  ]),
  scenario('XREADGROUP: what the consumer has pending', [
    ['XADD s 1-1 f 1', bulk('1-1')],
    ['XADD s 1-2 f 2', bulk('1-2')],
    ['XADD s 1-3 f 3', bulk('1-3')],
    ['XGROUP CREATE s g 0', ok],
    ['XREADGROUP GROUP g c STREAMS s 0', array(array(bulk('s'), array())), '%1\r\n$1\r\ns\r\n*0\r\n'],
    [
      'XREADGROUP GROUP g c COUNT 2 STREAMS s >',
      array(array(bulk('s'), array(entry('1-1', 'f', '1'), entry('1-2', 'f', '2')))),
      '%1\r\n$1\r\ns\r\n*2\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\n1\r\n*2\r\n$3\r\n1-2\r\n*2\r\n$1\r\nf\r\n$1\r\n2\r\n',
    ],
    [
      'XREADGROUP GROUP g d STREAMS s >',
      array(array(bulk('s'), array(entry('1-3', 'f', '3')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-3\r\n*2\r\n$1\r\nf\r\n$1\r\n3\r\n',
    ],
    [
      'XREADGROUP GROUP g c STREAMS s 0',
      array(array(bulk('s'), array(entry('1-1', 'f', '1'), entry('1-2', 'f', '2')))),
      '%1\r\n$1\r\ns\r\n*2\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\n1\r\n*2\r\n$3\r\n1-2\r\n*2\r\n$1\r\nf\r\n$1\r\n2\r\n',
    ],
    [
      'XREADGROUP GROUP g c STREAMS s 1-1',
      array(array(bulk('s'), array(entry('1-2', 'f', '2')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-2\r\n*2\r\n$1\r\nf\r\n$1\r\n2\r\n',
    ],
    ['XREADGROUP GROUP g c STREAMS s 1-2', array(array(bulk('s'), array())), '%1\r\n$1\r\ns\r\n*0\r\n'],
    [
      'XREADGROUP GROUP g c COUNT 1 STREAMS s 0',
      array(array(bulk('s'), array(entry('1-1', 'f', '1')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\n1\r\n',
    ],
    [
      'XREADGROUP GROUP g d STREAMS s 0',
      array(array(bulk('s'), array(entry('1-3', 'f', '3')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-3\r\n*2\r\n$1\r\nf\r\n$1\r\n3\r\n',
    ],
    [
      'XREADGROUP GROUP g c BLOCK 0 STREAMS s 1-9',
      array(array(bulk('s'), array())),
      '%1\r\n$1\r\ns\r\n*0\r\n',
    ],
    [
      'XPENDING s g - + 10 c',
      like(
        /^\*2\r\n\*4\r\n\$3\r\n1-1\r\n\$1\r\nc\r\n:\d+\r\n:3\r\n\*4\r\n\$3\r\n1-2\r\n\$1\r\nc\r\n:\d+\r\n:3\r\n$/,
        'the idle time',
      ),
    ],
    ['XDEL s 1-1', int(1)],
    [
      'XREADGROUP GROUP g c STREAMS s 0',
      array(array(bulk('s'), array(array(bulk('1-1'), '*-1\r\n'), entry('1-2', 'f', '2')))),
      '%1\r\n$1\r\ns\r\n*2\r\n*2\r\n$3\r\n1-1\r\n_\r\n*2\r\n$3\r\n1-2\r\n*2\r\n$1\r\nf\r\n$1\r\n2\r\n',
    ],
    ['XACK s g 1-1', int(1)],
    [
      'XREADGROUP GROUP g c STREAMS s 0',
      array(array(bulk('s'), array(entry('1-2', 'f', '2')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-2\r\n*2\r\n$1\r\nf\r\n$1\r\n2\r\n',
    ],
    ['XREADGROUP GROUP g nobody STREAMS s 0', array(array(bulk('s'), array())), '%1\r\n$1\r\ns\r\n*0\r\n'],
    [
      'XREADGROUP GROUP g c STREAMS s 18446744073709551615-18446744073709551614',
      array(array(bulk('s'), array())),
      '%1\r\n$1\r\ns\r\n*0\r\n',
    ],
    ['XREADGROUP GROUP g c STREAMS s 18446744073709551615-18446744073709551615', nilArray],
  ]),
  scenario('XREADGROUP: entries delivered again after SETID change hands', [
    ['XADD s 1-1 f 1', bulk('1-1')],
    ['XADD s 1-2 f 2', bulk('1-2')],
    ['XGROUP CREATE s g 0', ok],
    [
      'XREADGROUP GROUP g c STREAMS s >',
      array(array(bulk('s'), array(entry('1-1', 'f', '1'), entry('1-2', 'f', '2')))),
      '%1\r\n$1\r\ns\r\n*2\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\n1\r\n*2\r\n$3\r\n1-2\r\n*2\r\n$1\r\nf\r\n$1\r\n2\r\n',
    ],
    ['XGROUP SETID s g 0', ok],
    [
      'XREADGROUP GROUP g d COUNT 1 STREAMS s >',
      array(array(bulk('s'), array(entry('1-1', 'f', '1')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\n1\r\n',
    ],
    [
      'XPENDING s g',
      array(
        int(2),
        bulk('1-1'),
        bulk('1-2'),
        array(array(bulk('c'), bulk('1')), array(bulk('d'), bulk('1'))),
      ),
    ],
    [
      'XREADGROUP GROUP g c STREAMS s >',
      array(array(bulk('s'), array(entry('1-2', 'f', '2')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-2\r\n*2\r\n$1\r\nf\r\n$1\r\n2\r\n',
    ],
    [
      'XPENDING s g',
      array(
        int(2),
        bulk('1-1'),
        bulk('1-2'),
        array(array(bulk('c'), bulk('1')), array(bulk('d'), bulk('1'))),
      ),
    ],
    ['XINFO GROUPS s', array(groupInfo('g', 2, 2, '1-2', int(2), int(0)))],
  ]),
  scenario('XREADGROUP: what is wrong', [
    ['XADD s 1-1 f v', bulk('1-1')],
    ['XGROUP CREATE s g 0', ok],
    ['XREADGROUP', error("ERR wrong number of arguments for 'xreadgroup' command")],
    ['XREADGROUP GROUP g c STREAMS s', error("ERR wrong number of arguments for 'xreadgroup' command")],
    ['XREADGROUP STREAMS s t u 0 0 0', error('ERR Missing GROUP option for XREADGROUP')],
    ['XREADGROUP COUNT 1 NOACK STREAMS s >', error('ERR Missing GROUP option for XREADGROUP')],
    ['XREADGROUP GROUP g c COUNT 1 STREAMS', error('ERR syntax error')],
    [
      'XREADGROUP GROUP g c STREAMS s > 0',
      error("ERR Unbalanced XREAD list of streams: for each stream key an ID or '$' must be specified."),
    ],
    [
      'XREADGROUP GROUP g c STREAMS s t >',
      error("ERR Unbalanced XREAD list of streams: for each stream key an ID or '$' must be specified."),
    ],
    ['XREADGROUP GROUP g c FOO STREAMS s >', error('ERR syntax error')],
    ['XREADGROUP GROUP g c COUNT x STREAMS s >', error('ERR value is not an integer or out of range')],
    ['XREADGROUP GROUP g c BLOCK x STREAMS s >', error('ERR timeout is not an integer or out of range')],
    ['XREADGROUP GROUP g c BLOCK -1 STREAMS s >', error('ERR timeout is negative')],
    ['XREADGROUP GROUP g c STREAMS s x', error('ERR Invalid stream ID specified as stream command argument')],
    [
      'XREADGROUP GROUP g c STREAMS s $',
      error(
        'ERR The $ ID is meaningless in the context of XREADGROUP: you want to read the history of this consumer by specifying a proper ID, or use the > ID to get new messages. The $ ID would just return an empty result set.',
      ),
    ],
    differs('+ is of 7.4', [
      'XREADGROUP GROUP g c STREAMS s +',
      error(
        'ERR The + ID is meaningless in the context of XREADGROUP: you want to read the history of this consumer by specifying a proper ID, or use the > ID to get new messages. The + ID would just return an empty result set.',
      ),
    ]),
    ['XREADGROUP GROUP g c STREAMS s -', error('ERR Invalid stream ID specified as stream command argument')],
    [
      'XREADGROUP GROUP none c STREAMS s >',
      error("NOGROUP No such key 's' or consumer group 'none' in XREADGROUP with GROUP option"),
    ],
    [
      'XREADGROUP GROUP none c STREAMS s x',
      error("NOGROUP No such key 's' or consumer group 'none' in XREADGROUP with GROUP option"),
    ],
    [
      'XREADGROUP GROUP g c STREAMS none >',
      error("NOGROUP No such key 'none' or consumer group 'g' in XREADGROUP with GROUP option"),
    ],
    [
      'XREADGROUP GROUP g c STREAMS s none > >',
      error("NOGROUP No such key 'none' or consumer group 'g' in XREADGROUP with GROUP option"),
    ],
    [
      'XREADGROUP GROUP g c BLOCK 0 STREAMS none >',
      error("NOGROUP No such key 'none' or consumer group 'g' in XREADGROUP with GROUP option"),
    ],
    ['SET str v', ok],
    [
      'XREADGROUP GROUP g c STREAMS str >',
      error('WRONGTYPE Operation against a key holding the wrong kind of value'),
    ],
    [
      'XREADGROUP GROUP g c STREAMS str x',
      error('WRONGTYPE Operation against a key holding the wrong kind of value'),
    ],
    [
      'XREADGROUP GROUP g c STREAMS s str > >',
      error('WRONGTYPE Operation against a key holding the wrong kind of value'),
    ],
    ['XINFO GROUPS s', array(groupInfo('g', 0, 0, '0-0', nil, int(1)))],
  ]),
  scenario('XREADGROUP BLOCK', [
    ['XGROUP CREATE s g $ MKSTREAM', ok],
    on('b', raw('EXISTS s\r\nXREADGROUP GROUP g c BLOCK 0 STREAMS s >\r\n', int(1))),
    on('c', raw('EXISTS s\r\nXREADGROUP GROUP g d BLOCK 0 STREAMS s >\r\n', int(1))),
    ['XADD s 1-1 f v', bulk('1-1')],
    on(
      'b',
      receives(
        array(array(bulk('s'), array(entry('1-1', 'f', 'v')))),
        '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n',
      ),
    ),
    ['XADD s 1-2 f v', bulk('1-2')],
    on(
      'c',
      receives(
        array(array(bulk('s'), array(entry('1-2', 'f', 'v')))),
        '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-2\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n',
      ),
    ),
    [
      'XPENDING s g',
      array(
        int(2),
        bulk('1-1'),
        bulk('1-2'),
        array(array(bulk('c'), bulk('1')), array(bulk('d'), bulk('1'))),
      ),
    ],
    on('b', raw('EXISTS s\r\nXREADGROUP GROUP g e BLOCK 0 NOACK STREAMS s >\r\n', int(1))),
    ['XADD s 1-3 f v', bulk('1-3')],
    on(
      'b',
      receives(
        array(array(bulk('s'), array(entry('1-3', 'f', 'v')))),
        '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-3\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n',
      ),
    ),
    [
      'XPENDING s g',
      array(
        int(2),
        bulk('1-1'),
        bulk('1-2'),
        array(array(bulk('c'), bulk('1')), array(bulk('d'), bulk('1'))),
      ),
    ],
    ['XINFO GROUPS s', array(groupInfo('g', 3, 2, '1-3', int(3), int(0)))],
    on('b', ['XREADGROUP GROUP g e BLOCK 1 STREAMS s >', nilArray]),
  ]),
  scenario('XREADGROUP BLOCK: the group goes', [
    ['XGROUP CREATE s g $ MKSTREAM', ok],
    on('b', raw('EXISTS s\r\nXREADGROUP GROUP g c BLOCK 0 STREAMS s >\r\n', int(1))),
    ['XGROUP DESTROY s g', int(1)],
    on('b', receives(error('NOGROUP the consumer group this client was blocked on no longer exists'))),
    ['XGROUP CREATE s g $', ok],
    ['XADD t 1-1 f v', bulk('1-1')],
    on('b', raw('EXISTS s\r\nXREADGROUP GROUP g c BLOCK 0 STREAMS s >\r\n', int(1))),
    ['RENAME t s', ok],
    on('b', receives(error('NOGROUP the consumer group this client was blocked on no longer exists'))),
  ]),
  scenario('XREADGROUP BLOCK: the key goes', [
    ['XGROUP CREATE s g $ MKSTREAM', ok],
    on('b', raw('EXISTS s\r\nXREADGROUP GROUP g c BLOCK 0 STREAMS s >\r\n', int(1))),
    ['DEL s', int(1)],
    on('b', receives(error('UNBLOCKED the stream key no longer exists'))),
    ['XGROUP CREATE s g $ MKSTREAM', ok],
    on('b', raw('EXISTS s\r\nXREADGROUP GROUP g c BLOCK 0 STREAMS s >\r\n', int(1))),
    ['SET s v', ok],
    on('b', receives(error('UNBLOCKED the stream key no longer exists'))),
    ['DEL s', int(1)],
    ['XGROUP CREATE s g $ MKSTREAM', ok],
    on('b', raw('EXISTS s\r\nXREADGROUP GROUP g c BLOCK 0 STREAMS s >\r\n', int(1))),
    ['RENAME s t', ok],
    on('b', receives(error('UNBLOCKED the stream key no longer exists'))),
    ['XGROUP CREATE s g $ MKSTREAM', ok],
    on('b', raw('EXISTS s\r\nXREADGROUP GROUP g c BLOCK 0 STREAMS s >\r\n', int(1))),
    ['FLUSHALL', ok],
    on('b', receives(error('UNBLOCKED the stream key no longer exists'))),
    ['XGROUP CREATE s g $ MKSTREAM', ok],
    on('b', raw('EXISTS s\r\nXREADGROUP GROUP g c BLOCK 0 STREAMS s >\r\n', int(1))),
    ['MULTI', ok],
    ['DEL s', queued],
    ['XGROUP CREATE s g $ MKSTREAM', queued],
    ['EXEC', array(int(1), ok)],
    ['XADD s 1-1 f v', bulk('1-1')],
    on(
      'b',
      receives(
        array(array(bulk('s'), array(entry('1-1', 'f', 'v')))),
        '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n',
      ),
    ),
  ]),
  scenario('XREAD BLOCK: an empty stream is nothing to read', [
    on('b', raw('EXISTS s\r\nXREAD BLOCK 0 STREAMS s $\r\n', int(0))),
    ['XGROUP CREATE s g $ MKSTREAM', ok],
    ['XADD s 5-1 f v', bulk('5-1')],
    on(
      'b',
      receives(
        array(array(bulk('s'), array(entry('5-1', 'f', 'v')))),
        '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n5-1\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n',
      ),
    ),
  ]),
]);
