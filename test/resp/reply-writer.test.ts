import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ReplyWriter } from '../../src/resp/reply-writer.ts';

function written(protocol: 2 | 3, say: (reply: ReplyWriter) => void): string {
  const reply = new ReplyWriter();
  reply.protocol = protocol;
  say(reply);
  return reply.bytes.toString('latin1', 0, reply.length);
}

const forms: Array<[title: string, say: (reply: ReplyWriter) => void, resp2: string, resp3: string]> = [
  ['ok', (r) => r.ok(), '+OK\r\n', '+OK\r\n'],
  ['pong', (r) => r.pong(), '+PONG\r\n', '+PONG\r\n'],
  ['queued', (r) => r.queued(), '+QUEUED\r\n', '+QUEUED\r\n'],
  ['status', (r) => r.status('RESET'), '+RESET\r\n', '+RESET\r\n'],
  ['error', (r) => r.error('ERR a\r\nb'), '-ERR a  b\r\n', '-ERR a  b\r\n'],
  ['integer', (r) => r.integer(0), ':0\r\n', ':0\r\n'],
  ['integer of two digits', (r) => r.integer(10), ':10\r\n', ':10\r\n'],
  ['integer of 31 bits', (r) => r.integer(2147483647), ':2147483647\r\n', ':2147483647\r\n'],
  ['integer of 53 bits', (r) => r.integer(2 ** 53 - 1), ':9007199254740991\r\n', ':9007199254740991\r\n'],
  ['negative integer', (r) => r.integer(-10), ':-10\r\n', ':-10\r\n'],
  ['bigint', (r) => r.integer(-(2n ** 63n)), ':-9223372036854775808\r\n', ':-9223372036854775808\r\n'],
  ['boolean', (r) => r.boolean(true), ':1\r\n', '#t\r\n'],
  ['false', (r) => r.boolean(false), ':0\r\n', '#f\r\n'],
  ['double', (r) => r.double(1.5), '$3\r\n1.5\r\n', ',1.5\r\n'],
  ['infinity', (r) => r.double(-Infinity), '$4\r\n-inf\r\n', ',-inf\r\n'],
  ['null', (r) => r.null(), '$-1\r\n', '_\r\n'],
  ['nullArray', (r) => r.nullArray(), '*-1\r\n', '_\r\n'],
  ['bulk', (r) => r.bulk(Buffer.from('xa\r\n\0y'), 1, 4), '$4\r\na\r\n\0\r\n', '$4\r\na\r\n\0\r\n'],
  ['empty bulk', (r) => r.bulk(Buffer.alloc(0), 0, 0), '$0\r\n\r\n', '$0\r\n\r\n'],
  ['text', (r) => r.text('é'), '$2\r\n\xc3\xa9\r\n', '$2\r\n\xc3\xa9\r\n'],
  ['verbatim', (r) => r.verbatim('é'), '$2\r\n\xc3\xa9\r\n', '=6\r\ntxt:\xc3\xa9\r\n'],
  ['array', (r) => r.array(3), '*3\r\n', '*3\r\n'],
  ['map', (r) => r.map(3), '*6\r\n', '%3\r\n'],
  ['set', (r) => r.set(3), '*3\r\n', '~3\r\n'],
  ['push', (r) => r.push(3), '*3\r\n', '>3\r\n'],
];

describe('ReplyWriter', () => {
  for (const [title, say, resp2, resp3] of forms) {
    test(`${title} in RESP2 and RESP3`, () => {
      assert.equal(written(2, say), resp2);
      assert.equal(written(3, say), resp3);
    });
  }

  test('arrayBefore() puts the header before what was written since, however long the header is', () => {
    for (const count of [0, 1, 9, 10, 12_345]) {
      const reply = new ReplyWriter();
      reply.integer(7);
      const mark = reply.length;
      for (let i = 0; i < count; i++) reply.integer(1);
      reply.arrayBefore(mark, count);
      const text = reply.bytes.toString('latin1', 0, reply.length);
      assert.equal(text, `:7\r\n*${count}\r\n${':1\r\n'.repeat(count)}`);
    }
  });

  test('rewind() drops half a reply', () => {
    const text = written(2, (reply) => {
      reply.ok();
      const mark = reply.length;
      reply.map(2);
      reply.text('half');
      reply.rewind(mark);
      reply.error('ERR no');
    });
    assert.equal(text, '+OK\r\n-ERR no\r\n');
  });

  test('each form fits however little room the buffer has left', () => {
    const fresh = new ReplyWriter();
    const size = fresh.bytes.length;
    for (const [title, say, resp2] of forms) {
      for (let room = 0; room <= resp2.length + 2; room++) {
        const text = written(2, (reply) => {
          const filler = Buffer.alloc(size - room, '#');
          reply.raw(filler, 0, filler.length);
          say(reply);
        });
        assert.equal(text.slice(size - room), resp2, `${title} with room for ${room} bytes`);
      }
    }
  });
});
