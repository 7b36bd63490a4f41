import { array, bulk, error, int, like, nil, nilArray, ok } from '../rows/reply.ts';
import { group, scenario } from '../rows/row.ts';
import { entry } from './stream-replies.ts';

export const streamsPending = group('streams: pending', [
  scenario('XPENDING', [
    ['XADD s 1-1 f 1', bulk('1-1')],
    ['XADD s 1-2 f 2', bulk('1-2')],
    ['XADD s 1-3 f 3', bulk('1-3')],
    ['XADD s 2-1 f 4', bulk('2-1')],
    ['XGROUP CREATE s g 0', ok],
    ['XPENDING s g', array(int(0), nil, nil, nilArray)],
    ['XPENDING s g - + 10', array()],
    [
      'XREADGROUP GROUP g d COUNT 2 STREAMS s >',
      array(array(bulk('s'), array(entry('1-1', 'f', '1'), entry('1-2', 'f', '2')))),
      '%1\r\n$1\r\ns\r\n*2\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\n1\r\n*2\r\n$3\r\n1-2\r\n*2\r\n$1\r\nf\r\n$1\r\n2\r\n',
    ],
    [
      'XREADGROUP GROUP g c COUNT 1 STREAMS s >',
      array(array(bulk('s'), array(entry('1-3', 'f', '3')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-3\r\n*2\r\n$1\r\nf\r\n$1\r\n3\r\n',
    ],
    [
      'XREADGROUP GROUP g c STREAMS s >',
      array(array(bulk('s'), array(entry('2-1', 'f', '4')))),
      '%1\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n2-1\r\n*2\r\n$1\r\nf\r\n$1\r\n4\r\n',
    ],
    [
      'XPENDING s g',
      array(
        int(4),
        bulk('1-1'),
        bulk('2-1'),
        array(array(bulk('c'), bulk('2')), array(bulk('d'), bulk('2'))),
      ),
    ],
    [
      'XPENDING s g - + 10',
      like(/^\*4\r\n(\*4\r\n\$3\r\n[12]-[1-3]\r\n\$1\r\n[cd]\r\n:\d+\r\n:1\r\n){4}$/, 'the idle times'),
    ],
    [
      'XCLAIM s g c 0 1-1 1-2 1-3 2-1 TIME 1 RETRYCOUNT 7 JUSTID',
      array(bulk('1-1'), bulk('1-2'), bulk('1-3'), bulk('2-1')),
    ],
    ['XCLAIM s g d 0 1-1 1-3 TIME 1 JUSTID', array(bulk('1-1'), bulk('1-3'))],
    [
      'XPENDING s g - + 1',
      like(/^\*1\r\n\*4\r\n\$3\r\n1-1\r\n\$1\r\nd\r\n:\d{13}\r\n:7\r\n$/, 'the idle time'),
    ],
    [
      'XPENDING s g (1-1 (2-1 10',
      like(
        /^\*2\r\n\*4\r\n\$3\r\n1-2\r\n\$1\r\nc\r\n:\d{13}\r\n:7\r\n\*4\r\n\$3\r\n1-3\r\n\$1\r\nd\r\n:\d{13}\r\n:7\r\n$/,
        'the idle time',
      ),
    ],
    [
      'XPENDING s g 1-2 1 10 d',
      like(/^\*1\r\n\*4\r\n\$3\r\n1-3\r\n\$1\r\nd\r\n:\d{13}\r\n:7\r\n$/, 'the idle time'),
    ],
    [
      'XPENDING s g - + 10 c',
      like(
        /^\*2\r\n\*4\r\n\$3\r\n1-2\r\n\$1\r\nc\r\n:\d{13}\r\n:7\r\n\*4\r\n\$3\r\n2-1\r\n\$1\r\nc\r\n:\d{13}\r\n:7\r\n$/,
        'the idle time',
      ),
    ],
    ['XPENDING s g + - 10', array()],
    ['XPENDING s g - + 0', array()],
    ['XPENDING s g - + -5', array()],
    ['XPENDING s g - + 10 nobody', array()],
    ['XPENDING s g IDLE 9223372036854775807 - + 10', array()],
    [
      'XPENDING s g IDLE 1000 - + 1 c',
      like(/^\*1\r\n\*4\r\n\$3\r\n1-2\r\n\$1\r\nc\r\n:\d{13}\r\n:7\r\n$/, 'the idle time'),
    ],
    ['XPENDING s g idle 1000 2 + 10 d', array()],
    ['XPENDING s g IDLE -5 2 + 0', array()],
  ]),
  scenario('XPENDING: what is wrong', [
    ['XADD s 1-1 f v', bulk('1-1')],
    ['XGROUP CREATE s g 0', ok],
    ['XPENDING', error("ERR wrong number of arguments for 'xpending' command")],
    ['XPENDING s', error("ERR wrong number of arguments for 'xpending' command")],
    ['XPENDING s none', error("NOGROUP No such key 's' or consumer group 'none'")],
    ['XPENDING none g', error("NOGROUP No such key 'none' or consumer group 'g'")],
    ['XPENDING none g - + 10', error("NOGROUP No such key 'none' or consumer group 'g'")],
    ['XPENDING s g -', error('ERR syntax error')],
    ['XPENDING s g - +', error('ERR syntax error')],
    ['XPENDING s g IDLE 5', error('ERR syntax error')],
    ['XPENDING s g IDLE 5 - +', error('ERR syntax error')],
    ['XPENDING s g IDLE x - +', error('ERR value is not an integer or out of range')],
    ['XPENDING s g IDLE x - + 10', error('ERR value is not an integer or out of range')],
    ['XPENDING s g - + x', error('ERR value is not an integer or out of range')],
    ['XPENDING s g x + 10', error('ERR Invalid stream ID specified as stream command argument')],
    ['XPENDING s g - x 10', error('ERR Invalid stream ID specified as stream command argument')],
    ['XPENDING s g - + 10 c d', array()],
    ['XPENDING s g FOO 5 - + 10', error('ERR value is not an integer or out of range')],
    ['XPENDING s g IDLE 5 - + 10 c d', error('ERR syntax error')],
    [
      'XPENDING s g (18446744073709551615-18446744073709551615 + 1',
      error('ERR invalid start ID for the interval'),
    ],
    ['XPENDING s g - (0-0 1', error('ERR invalid end ID for the interval')],
    ['XPENDING s g (- + 1', error('ERR Invalid stream ID specified as stream command argument')],
    ['SET str v', ok],
    ['XPENDING str g', error('WRONGTYPE Operation against a key holding the wrong kind of value')],
    ['XPENDING str g - + x', error('ERR value is not an integer or out of range')],
  ]),
]);
