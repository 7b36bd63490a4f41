import { bulk, error, int, ok } from '../rows/reply.ts';
import { closes, group, on, raw, scenario } from '../rows/row.ts';

const INLINE_LIMIT = 64 * 1024;

/** Limits whose rows are too long to be written out. */
export const protocolLimits = group('protocol: limits', [
  scenario('an inline command of just under 64 KB', [
    raw(`ECHO ${'x'.repeat(INLINE_LIMIT - 7)}\r\n`, bulk('x'.repeat(INLINE_LIMIT - 7))),
  ]),
  scenario('an inline command without an end', [
    closes(raw('x'.repeat(INLINE_LIMIT + 1), error('ERR Protocol error: too big inline request'))),
  ]),
  scenario('a multibulk count without an end', [
    closes(raw(`*${'1'.repeat(INLINE_LIMIT)}`, error('ERR Protocol error: too big mbulk count string'))),
  ]),
  scenario('a bulk length without an end', [
    closes(raw(`*1\r\n$${'1'.repeat(INLINE_LIMIT)}`, error('ERR Protocol error: too big bulk count string'))),
  ]),
  scenario('a large bulk string, and a command right behind it', [
    raw(
      `*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1000000\r\n${'x'.repeat(1_000_000)}\r\nSTRLEN k\r\n`,
      ok,
      int(1_000_000),
    ),
    ['GETRANGE k 999998 -1', bulk('xx')],
    ['APPEND k y', int(1_000_001)],
    raw('GET k\r\n', bulk(`${'x'.repeat(1_000_000)}y`)),
  ]),
  scenario('a large bulk string in pieces', [
    raw('*2\r\n$4\r\nECHO\r\n$100000\r\n'),
    raw('a'.repeat(40_000)),
    raw('b'.repeat(60_000)),
    raw('\r\n', bulk('a'.repeat(40_000) + 'b'.repeat(60_000))),
  ]),
  scenario('a command in single bytes', [
    ...[...'*2\r\n$4\r\nECHO\r\n$2\r\nhi\r'].map((byte) => raw(byte)),
    raw('\n', bulk('hi')),
  ]),
  scenario('many arguments', [
    raw(`*10001\r\n$3\r\nDEL\r\n${'$1\r\nk\r\n'.repeat(10_000)}`, int(0)),
    raw(`*1002\r\n$6\r\nEXISTS\r\n${'$1\r\nk\r\n'.repeat(1000)}$1\r\nj\r\n`, int(0)),
  ]),
  scenario('a long pipeline keeps its order', [
    raw('INCR n\r\n'.repeat(2000), ...Array.from({ length: 2000 }, (_, index) => int(index + 1))),
  ]),
  scenario('a connection that ends in mid-command', [
    on('b', raw('*3\r\n$3\r\nSET\r\n$1\r\nk\r\n')),
    ['EXISTS k', int(0)],
  ]),
]);
