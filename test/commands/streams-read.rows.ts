import { array, bulk, error, int, nilArray, ok, queued } from '../rows/reply.ts';
import { differs, group, on, raw, receives, scenario } from '../rows/row.ts';
import { entry, readFrom } from './stream-replies.ts';

export const streamsReading = group('streams: reading', [
  scenario('XREAD', [
    ['XADD s 1-1 f 1', bulk('1-1')],
    ['XADD s 1-2 f 2', bulk('1-2')],
    ['XADD s 2-1 f 3', bulk('2-1')],
    ['XADD t 5-5 a b c d', bulk('5-5')],
    [
      'XREAD STREAMS s 0',
      array(array(bulk('s'), array(entry('1-1', 'f', '1'), entry('1-2', 'f', '2'), entry('2-1', 'f', '3')))),
      '%1\r\n$1\r\ns\r\n*3\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\n1\r\n*2\r\n$3\r\n1-2\r\n*2\r\n$1\r\nf\r\n$1\r\n2\r\n*2\r\n$3\r\n2-1\r\n*2\r\n$1\r\nf\r\n$1\r\n3\r\n',
    ],
    [
      'XREAD STREAMS s 1',
      array(array(bulk('s'), array(entry('1-1', 'f', '1'), entry('1-2', 'f', '2'), entry('2-1', 'f', '3')))),
      '%1\r\n$1\r\ns\r\n*3\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\n1\r\n*2\r\n$3\r\n1-2\r\n*2\r\n$1\r\nf\r\n$1\r\n2\r\n*2\r\n$3\r\n2-1\r\n*2\r\n$1\r\nf\r\n$1\r\n3\r\n',
    ],
    [
      'XREAD STREAMS s 1-1',
      array(array(bulk('s'), array(entry('1-2', 'f', '2'), entry('2-1', 'f', '3')))),
      '%1\r\n$1\r\ns\r\n*2\r\n*2\r\n$3\r\n1-2\r\n*2\r\n$1\r\nf\r\n$1\r\n2\r\n*2\r\n$3\r\n2-1\r\n*2\r\n$1\r\nf\r\n$1\r\n3\r\n',
    ],
    [
      'XREAD STREAMS s 1-2',
      array(array(bulk('s'), array(entry('2-1', 'f', '3')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n2-1\r\n*2\r\n$1\r\nf\r\n$1\r\n3\r\n',
    ],
    [
      'XREAD STREAMS s 2-0',
      array(array(bulk('s'), array(entry('2-1', 'f', '3')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n2-1\r\n*2\r\n$1\r\nf\r\n$1\r\n3\r\n',
    ],
    ['XREAD STREAMS s 2-1', nilArray],
    ['XREAD STREAMS s 9', nilArray],
    ['XREAD STREAMS s $', nilArray],
    [
      'XREAD STREAMS s t 0 0',
      array(
        array(bulk('s'), array(entry('1-1', 'f', '1'), entry('1-2', 'f', '2'), entry('2-1', 'f', '3'))),
        array(bulk('t'), array(entry('5-5', 'a', 'b', 'c', 'd'))),
      ),
      '%2\r\n$1\r\ns\r\n*3\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\n1\r\n*2\r\n$3\r\n1-2\r\n*2\r\n$1\r\nf\r\n$1\r\n2\r\n*2\r\n$3\r\n2-1\r\n*2\r\n$1\r\nf\r\n$1\r\n3\r\n$1\r\nt\r\n*1\r\n*2\r\n$3\r\n5-5\r\n*4\r\n$1\r\na\r\n$1\r\nb\r\n$1\r\nc\r\n$1\r\nd\r\n',
    ],
    [
      'XREAD STREAMS s t 2-1 0',
      array(array(bulk('t'), array(entry('5-5', 'a', 'b', 'c', 'd')))),
      '%1\r\n$1\r\nt\r\n*1\r\n*2\r\n$3\r\n5-5\r\n*4\r\n$1\r\na\r\n$1\r\nb\r\n$1\r\nc\r\n$1\r\nd\r\n',
    ],
    [
      'XREAD STREAMS t s 0 2-1',
      array(array(bulk('t'), array(entry('5-5', 'a', 'b', 'c', 'd')))),
      '%1\r\n$1\r\nt\r\n*1\r\n*2\r\n$3\r\n5-5\r\n*4\r\n$1\r\na\r\n$1\r\nb\r\n$1\r\nc\r\n$1\r\nd\r\n',
    ],
    ['XREAD STREAMS s t 9 9', nilArray],
    [
      'XREAD STREAMS s s 0 1-2',
      array(
        array(bulk('s'), array(entry('1-1', 'f', '1'), entry('1-2', 'f', '2'), entry('2-1', 'f', '3'))),
        array(bulk('s'), array(entry('2-1', 'f', '3'))),
      ),
      '%2\r\n$1\r\ns\r\n*3\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\n1\r\n*2\r\n$3\r\n1-2\r\n*2\r\n$1\r\nf\r\n$1\r\n2\r\n*2\r\n$3\r\n2-1\r\n*2\r\n$1\r\nf\r\n$1\r\n3\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n2-1\r\n*2\r\n$1\r\nf\r\n$1\r\n3\r\n',
    ],
    ['XREAD STREAMS none 0', nilArray],
    [
      'XREAD STREAMS none s 0 1-2',
      array(array(bulk('s'), array(entry('2-1', 'f', '3')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n2-1\r\n*2\r\n$1\r\nf\r\n$1\r\n3\r\n',
    ],
    ['XREAD STREAMS s t none $ $ $', nilArray],
    [
      'XREAD COUNT 1 STREAMS s t 0 0',
      array(
        array(bulk('s'), array(entry('1-1', 'f', '1'))),
        array(bulk('t'), array(entry('5-5', 'a', 'b', 'c', 'd'))),
      ),
      '%2\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\n1\r\n$1\r\nt\r\n*1\r\n*2\r\n$3\r\n5-5\r\n*4\r\n$1\r\na\r\n$1\r\nb\r\n$1\r\nc\r\n$1\r\nd\r\n',
    ],
    [
      'XREAD COUNT 2 STREAMS s 0',
      array(array(bulk('s'), array(entry('1-1', 'f', '1'), entry('1-2', 'f', '2')))),
      '%1\r\n$1\r\ns\r\n*2\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\n1\r\n*2\r\n$3\r\n1-2\r\n*2\r\n$1\r\nf\r\n$1\r\n2\r\n',
    ],
    [
      'XREAD COUNT 0 STREAMS s 0',
      array(array(bulk('s'), array(entry('1-1', 'f', '1'), entry('1-2', 'f', '2'), entry('2-1', 'f', '3')))),
      '%1\r\n$1\r\ns\r\n*3\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\n1\r\n*2\r\n$3\r\n1-2\r\n*2\r\n$1\r\nf\r\n$1\r\n2\r\n*2\r\n$3\r\n2-1\r\n*2\r\n$1\r\nf\r\n$1\r\n3\r\n',
    ],
    [
      'XREAD COUNT -1 STREAMS s 0',
      array(array(bulk('s'), array(entry('1-1', 'f', '1'), entry('1-2', 'f', '2'), entry('2-1', 'f', '3')))),
      '%1\r\n$1\r\ns\r\n*3\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\n1\r\n*2\r\n$3\r\n1-2\r\n*2\r\n$1\r\nf\r\n$1\r\n2\r\n*2\r\n$3\r\n2-1\r\n*2\r\n$1\r\nf\r\n$1\r\n3\r\n',
    ],
    [
      'XREAD COUNT 9223372036854775807 STREAMS s 0',
      array(array(bulk('s'), array(entry('1-1', 'f', '1'), entry('1-2', 'f', '2'), entry('2-1', 'f', '3')))),
      '%1\r\n$1\r\ns\r\n*3\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\n1\r\n*2\r\n$3\r\n1-2\r\n*2\r\n$1\r\nf\r\n$1\r\n2\r\n*2\r\n$3\r\n2-1\r\n*2\r\n$1\r\nf\r\n$1\r\n3\r\n',
    ],
    [
      'XREAD count 1 COUNT 2 streams s 0',
      array(array(bulk('s'), array(entry('1-1', 'f', '1'), entry('1-2', 'f', '2')))),
      '%1\r\n$1\r\ns\r\n*2\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\n1\r\n*2\r\n$3\r\n1-2\r\n*2\r\n$1\r\nf\r\n$1\r\n2\r\n',
    ],
    ['XREAD STREAMS s 18446744073709551615-18446744073709551615', nilArray],
    [
      'XREAD BLOCK 5 COUNT 1 STREAMS s 0',
      array(array(bulk('s'), array(entry('1-1', 'f', '1')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\n1\r\n',
    ],
    [
      'XREAD COUNT 1 BLOCK 0 STREAMS s 0',
      array(array(bulk('s'), array(entry('1-1', 'f', '1')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\n1\r\n',
    ],
    ['XREAD BLOCK 1 STREAMS s $', nilArray],
    ['XREAD BLOCK 1 STREAMS none 0', nilArray],
  ]),
  scenario('XREAD: an empty stream, and one whose last entries are deleted', [
    ['XADD s 1-1 f 1', bulk('1-1')],
    ['XADD s 1-2 f 2', bulk('1-2')],
    ['XADD s 1-3 f 3', bulk('1-3')],
    ['XDEL s 1-3', int(1)],
    ['XREAD STREAMS s 1-2', nilArray],
    [
      'XREAD STREAMS s 1-1',
      array(array(bulk('s'), array(entry('1-2', 'f', '2')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-2\r\n*2\r\n$1\r\nf\r\n$1\r\n2\r\n',
    ],
    ['XREAD STREAMS s $', nilArray],
    ['XDEL s 1-1 1-2', int(2)],
    ['XREAD STREAMS s 0', nilArray],
    ['XREAD STREAMS s $', nilArray],
  ]),
  scenario('XREAD: the last entry', [
    ['XADD s 1-1 f 1', bulk('1-1')],
    ['XADD s 1-2 f 2', bulk('1-2')],
    ['XADD t 7-7 a b', bulk('7-7')],
    differs('+ is of 7.4', ['XREAD STREAMS s +', readFrom([bulk('s'), array(entry('1-2', 'f', '2'))])]),
    differs('+ is of 7.4', [
      'XREAD COUNT 5 STREAMS s t + 0',
      readFrom([bulk('s'), array(entry('1-2', 'f', '2'))], [bulk('t'), array(entry('7-7', 'a', 'b'))]),
    ]),
    differs('+ is of 7.4', ['XREAD STREAMS none +', nilArray]),
    ['XDEL s 1-2', int(1)],
    differs('+ is of 7.4', [
      'XREAD BLOCK 1 STREAMS s +',
      readFrom([bulk('s'), array(entry('1-1', 'f', '1'))]),
    ]),
    ['XDEL s 1-1', int(1)],
    differs('+ is of 7.4', ['XREAD STREAMS s +', nilArray]),
  ]),
  scenario('XREAD: what is wrong', [
    ['XADD s 1-1 f 1', bulk('1-1')],
    ['XREAD', error("ERR wrong number of arguments for 'xread' command")],
    ['XREAD STREAMS', error("ERR wrong number of arguments for 'xread' command")],
    ['XREAD STREAMS s', error("ERR wrong number of arguments for 'xread' command")],
    ['XREAD COUNT 1 STREAMS', error('ERR syntax error')],
    [
      'XREAD COUNT 1 STREAMS s',
      error("ERR Unbalanced XREAD list of streams: for each stream key an ID or '$' must be specified."),
    ],
    [
      'XREAD STREAMS s t 0',
      error("ERR Unbalanced XREAD list of streams: for each stream key an ID or '$' must be specified."),
    ],
    [
      'XREAD STREAMS s 0 0',
      error("ERR Unbalanced XREAD list of streams: for each stream key an ID or '$' must be specified."),
    ],
    ['XREAD COUNT 1 BLOCK 1', error('ERR syntax error')],
    ['XREAD COUNT x STREAMS s 0', error('ERR value is not an integer or out of range')],
    ['XREAD COUNT 9223372036854775808 STREAMS s 0', error('ERR value is not an integer or out of range')],
    ['XREAD BLOCK x STREAMS s 0', error('ERR timeout is not an integer or out of range')],
    ['XREAD BLOCK 1.5 STREAMS s 0', error('ERR timeout is not an integer or out of range')],
    ['XREAD BLOCK -1 STREAMS s 0', error('ERR timeout is negative')],
    [
      'XREAD BLOCK 9223372036854775807 STREAMS s 0',
      array(array(bulk('s'), array(entry('1-1', 'f', '1')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\n1\r\n',
    ],
    ['XREAD BLOCK STREAMS s 0', error('ERR timeout is not an integer or out of range')],
    [
      'XREAD GROUP g c STREAMS s 0',
      error('ERR The GROUP option is only supported by XREADGROUP. You called XREAD instead.'),
    ],
    [
      'XREAD NOACK STREAMS s 0',
      error('ERR The NOACK option is only supported by XREADGROUP. You called XREAD instead.'),
    ],
    ['XREAD FOO STREAMS s 0', error('ERR syntax error')],
    ['XREAD s 0 STREAMS', error('ERR syntax error')],
    ['XREAD STREAMS s x', error('ERR Invalid stream ID specified as stream command argument')],
    ['XREAD STREAMS s -', error('ERR Invalid stream ID specified as stream command argument')],
    [
      'XREAD STREAMS s >',
      error(
        'ERR The > ID can be specified only when calling XREADGROUP using the GROUP <group> <consumer> option.',
      ),
    ],
    ['XREAD STREAMS s 1-*', error('ERR Invalid stream ID specified as stream command argument')],
    ['XREAD STREAMS s (1-1', error('ERR Invalid stream ID specified as stream command argument')],
    ['XREAD STREAMS s none 0 x', error('ERR Invalid stream ID specified as stream command argument')],
    ['SET str v', ok],
    ['XREAD STREAMS str 0', error('WRONGTYPE Operation against a key holding the wrong kind of value')],
    ['XREAD STREAMS str x', error('WRONGTYPE Operation against a key holding the wrong kind of value')],
    ['XREAD STREAMS s str 0 0', error('WRONGTYPE Operation against a key holding the wrong kind of value')],
    ['XREAD STREAMS str s 0 x', error('WRONGTYPE Operation against a key holding the wrong kind of value')],
    ['XREAD STREAMS s str x 0', error('ERR Invalid stream ID specified as stream command argument')],
  ]),
  scenario('XREAD BLOCK: woken by XADD', [
    on('b', raw('EXISTS s\r\nXREAD BLOCK 0 STREAMS s $\r\n', int(0))),
    ['XADD s 1-1 f v', bulk('1-1')],
    on(
      'b',
      receives(
        array(array(bulk('s'), array(entry('1-1', 'f', 'v')))),
        '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n',
      ),
    ),
    on('b', raw('EXISTS s\r\nXREAD BLOCK 0 STREAMS s $\r\n', int(1))),
    ['XADD s 1-2 f v', bulk('1-2')],
    on(
      'b',
      receives(
        array(array(bulk('s'), array(entry('1-2', 'f', 'v')))),
        '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-2\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n',
      ),
    ),
    on('b', raw('EXISTS s\r\nXREAD BLOCK 0 STREAMS s t 1-2 $\r\n', int(1))),
    ['XADD t 5 f v', bulk('5-0')],
    on(
      'b',
      receives(
        array(array(bulk('t'), array(entry('5-0', 'f', 'v')))),
        '%1\r\n$1\r\nt\r\n*1\r\n*2\r\n$3\r\n5-0\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n',
      ),
    ),
    on('b', [
      'XREAD BLOCK 0 COUNT 1 STREAMS s 0',
      array(array(bulk('s'), array(entry('1-1', 'f', 'v')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n',
    ]),
    on('b', raw('EXISTS s\r\nXREAD BLOCK 0 COUNT 1 STREAMS s 7\r\n', int(1))),
    ['XADD s 3 f v', bulk('3-0')],
    ['XADD s 7 f v', bulk('7-0')],
    ['XADD s 8 f v', bulk('8-0')],
    on(
      'b',
      receives(
        array(array(bulk('s'), array(entry('8-0', 'f', 'v')))),
        '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n8-0\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n',
      ),
    ),
  ]),
  scenario('XREAD BLOCK: what does not wake, and other ways to appear', [
    on('b', raw('EXISTS s\r\nXREAD BLOCK 0 STREAMS s $\r\n', int(0))),
    ['SET s v', ok],
    ['DEL s', int(1)],
    ['XADD s 5-1 f v', bulk('5-1')],
    on(
      'b',
      receives(
        array(array(bulk('s'), array(entry('5-1', 'f', 'v')))),
        '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n5-1\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n',
      ),
    ),
    on('b', raw('EXISTS s\r\nXREAD BLOCK 0 STREAMS s $\r\n', int(1))),
    ['DEL s', int(1)],
    ['XADD s 1-1 f v', bulk('1-1')],
    ['XADD s 6-1 f v', bulk('6-1')],
    on(
      'b',
      receives(
        array(array(bulk('s'), array(entry('6-1', 'f', 'v')))),
        '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n6-1\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n',
      ),
    ),
    ['DEL s', int(1)],
    ['XADD t 1-1 f v', bulk('1-1')],
    on('b', raw('EXISTS s\r\nXREAD BLOCK 0 STREAMS s $\r\n', int(0))),
    ['RENAME t s', ok],
    on(
      'b',
      receives(
        array(array(bulk('s'), array(entry('1-1', 'f', 'v')))),
        '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n',
      ),
    ),
    ['DEL s', int(1)],
    ['XADD t 1-1 f v', bulk('1-1')],
    on('b', raw('EXISTS s\r\nXREAD BLOCK 0 STREAMS s $\r\n', int(0))),
    ['COPY t s', int(1)],
    on(
      'b',
      receives(
        array(array(bulk('s'), array(entry('1-1', 'f', 'v')))),
        '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n',
      ),
    ),
  ]),
  scenario("XREAD BLOCK: a transaction's entries are read together", [
    on('b', raw('EXISTS s\r\nXREAD BLOCK 0 STREAMS s $\r\n', int(0))),
    on('c', raw('EXISTS s\r\nXREAD BLOCK 0 COUNT 1 STREAMS s 0\r\n', int(0))),
    ['MULTI', ok],
    ['XADD s 1-1 f 1', queued],
    ['XADD s 1-2 f 2', queued],
    ['EXEC', array(bulk('1-1'), bulk('1-2'))],
    on(
      'b',
      receives(
        array(array(bulk('s'), array(entry('1-1', 'f', '1'), entry('1-2', 'f', '2')))),
        '%1\r\n$1\r\ns\r\n*2\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\n1\r\n*2\r\n$3\r\n1-2\r\n*2\r\n$1\r\nf\r\n$1\r\n2\r\n',
      ),
    ),
    on(
      'c',
      receives(
        array(array(bulk('s'), array(entry('1-1', 'f', '1')))),
        '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\n1\r\n',
      ),
    ),
  ]),
]);
