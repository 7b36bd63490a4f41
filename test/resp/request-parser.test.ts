import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ProtocolError } from '../../src/errors.ts';
import { PendingBytes } from '../../src/resp/pending-bytes.ts';
import { EMPTY, INCOMPLETE, REQUEST, RequestParser } from '../../src/resp/request-parser.ts';
import { type Feeding, feed } from './feed.ts';
import { type Limits, parseSlowly } from './slow-parser.ts';

const FEEDINGS: readonly Feeding[] = ['filling', 'pieces'];

const PIPELINE = [
  '*1\r\n$4\r\nPING\r\n',
  '\r\n',
  '*3\r\n$3\r\nSET\r\n$3\r\nk\r\n\r\n$0\r\n\r\n',
  '*0\r\n*-1\r\n',
  'SET "a b" \'it\\\'s\' "\\x00\\r\\n"\r\n',
  '*2\r\n$4\r\nECHO\r\n$12\r\n0123456789\x00\xff\r\n',
  'PING\n',
].join('');
const PIPELINE_REQUESTS = [
  ['PING'],
  ['SET', 'k\r\n', ''],
  ['SET', 'a b', "it's", '\x00\r\n'],
  ['ECHO', '0123456789\x00\xff'],
  ['PING'],
];

describe('RequestParser.parse: a pipeline cut', () => {
  for (const feeding of FEEDINGS) {
    test(`at each byte in turn (${feeding})`, () => {
      for (let cut = 0; cut <= PIPELINE.length; cut++) {
        assert.deepEqual(
          feed(PIPELINE, [cut], feeding),
          { requests: PIPELINE_REQUESTS, error: undefined },
          `cut at ${cut}`,
        );
      }
    });

    test(`at each two bytes (${feeding})`, () => {
      for (let first = 0; first <= PIPELINE.length; first++) {
        for (let second = first + 1; second <= PIPELINE.length; second++) {
          const { requests } = feed(PIPELINE, [first, second], feeding);
          assert.deepEqual(requests, PIPELINE_REQUESTS, `cut at ${first} and ${second}`);
        }
      }
    });

    test(`into single bytes (${feeding})`, () => {
      const cuts = Array.from(PIPELINE, (_, i) => i);
      assert.deepEqual(feed(PIPELINE, cuts, feeding), { requests: PIPELINE_REQUESTS, error: undefined });
    });

    test(`short of its end: the whole requests and no error (${feeding})`, () => {
      for (let length = 0; length < PIPELINE.length; length++) {
        const stream = PIPELINE.slice(0, length);
        assert.deepEqual(feed(stream, [length >> 1], feeding), parseSlowly(stream));
      }
    });
  }
});

const LINE = 65536;
const refused: Array<[stream: string, error: string, limits?: Limits]> = [
  ['*abc\r\n', 'invalid multibulk length'],
  ['*\r\n', 'invalid multibulk length'],
  ['*1048577\r\n', 'invalid multibulk length'],
  ['*9223372036854775808\r\n', 'invalid multibulk length'],
  ['*-9223372036854775809\r\n', 'invalid multibulk length'],
  ['*-0\r\n', 'invalid multibulk length'],
  ['*01\r\n', 'invalid multibulk length'],
  ['*1 \r\n', 'invalid multibulk length'],
  ['*11\r\n', 'unauthenticated multibulk length', { authenticated: false }],
  ['*1\r\nPING\r\n', "expected '$', got 'P'"],
  ['*1\r\n\r\n', "expected '$', got ' '"],
  ['*1\r\n\n\r\n', "expected '$', got ' '"],
  ['*1\r\n$-1\r\n', 'invalid bulk length'],
  ['*1\r\n$536870913\r\n', 'invalid bulk length'],
  ['*1\r\n$99999999999999999999\r\n', 'invalid bulk length'],
  ['*1\r\n$11\r\n', 'invalid bulk length', { maxBulkLength: 10 }],
  ['*1\r\n$16385\r\n', 'unauthenticated bulk length', { authenticated: false }],
  ['PING "x\r\n', 'unbalanced quotes in request'],
  [`${'x'.repeat(LINE + 1)}`, 'too big inline request'],
  [`${'x'.repeat(LINE + 1)}\n`, 'too big inline request'],
  [`x\0${'x'.repeat(LINE - 1)}`, 'too big inline request'],
  [`*${'1'.repeat(LINE)}`, 'too big mbulk count string'],
  [`*${'1'.repeat(LINE)}\r\n`, 'too big mbulk count string'],
  [`*1\r\n$${'1'.repeat(LINE)}`, 'too big bulk count string'],
  [`*1\r\nx${'1'.repeat(LINE)}`, 'too big bulk count string'],
];

const accepted: Array<[stream: string, requests: string[][], limits?: Limits]> = [
  ['*-9223372036854775808\r\n*1\r\n$4\r\nPING\r\n', [['PING']]],
  ['*10\r\n$16384\r\n', [], { authenticated: false }],
  ['*1048576\r\n$536870912\r\n', []],
  ['*1\r\n$10\r\n0123456789\r\n', [['0123456789']], { maxBulkLength: 10 }],
  ['*1\rX$4\rXPINGXX*1\r\n$1\r\na\r\n', [['PING'], ['a']]],
  [`${'x'.repeat(LINE)}\n`, [['x'.repeat(LINE)]]],
  ['*1\0\r\nPING\r\n', []],
  ['*1\r\n\0\r\n', []],
  ['*1\r\nx', []],
  ['PING\0\r\nPING\r\n', []],
];

describe('RequestParser.parse: limits', () => {
  for (const feeding of FEEDINGS) {
    for (const [stream, error, limits] of refused) {
      test(`${JSON.stringify(stream.slice(0, 30))} is refused: ${error} (${feeding})`, () => {
        const cuts = stream.length < 100 ? Array.from(stream, (_, i) => i) : [1, 5, stream.length - 1];
        assert.deepEqual(feed(stream, [], feeding, limits), { requests: [], error });
        assert.deepEqual(feed(stream, cuts, feeding, limits), { requests: [], error });
        assert.deepEqual(parseSlowly(stream, limits), { requests: [], error });
      });
    }
    for (const [stream, requests, limits] of accepted) {
      test(`${JSON.stringify(stream.slice(0, 30))} is not refused (${feeding})`, () => {
        assert.deepEqual(feed(stream, [], feeding, limits), { requests, error: undefined });
        assert.deepEqual(feed(stream, [1, 3, 6], feeding, limits), { requests, error: undefined });
        assert.deepEqual(parseSlowly(stream, limits), { requests, error: undefined });
      });
    }
  }
});

describe('RequestParser: the request found', () => {
  test('lies where starts and lengths say, in `bytes`; begin and end say where it came from in `source`', () => {
    const parser = new RequestParser();
    const buffer = Buffer.from('??*1\r\n$4\r\nPING\r\nECHO "a b"\r\n??');
    parser.reset(2);
    assert.equal(parser.parse(buffer, buffer.length), REQUEST);
    assert.deepEqual([parser.begin, parser.end, parser.argc], [2, 16, 1]);
    assert.deepEqual([parser.starts[0], parser.lengths[0]], [10, 4]);
    assert.equal(parser.bytes, buffer);
    parser.reset(parser.end);
    assert.equal(parser.parse(buffer, buffer.length), REQUEST);
    assert.deepEqual([parser.begin, parser.end, parser.argc], [16, 28, 2]);
    assert.equal(parser.source, buffer);
    assert.notEqual(parser.bytes, buffer, 'quotes are taken away elsewhere');
  });

  test('needed says how many bytes there must be before it makes sense to go on', () => {
    const parser = new RequestParser();
    const buffer = Buffer.from('xx*1\r\n$100\r\nab');
    parser.reset(2);
    assert.equal(parser.parse(buffer, 8), INCOMPLETE);
    assert.equal(parser.needed, 0, 'unknown within a header');
    assert.equal(parser.parse(buffer, buffer.length), INCOMPLETE);
    assert.equal(parser.needed, 12 + 100 + 2);
    parser.rebase(2);
    assert.deepEqual([parser.begin, parser.needed], [0, 112]);
  });

  test('an empty request is EMPTY and ends behind its line', () => {
    const parser = new RequestParser();
    for (const [text, end] of [
      ['\r\n', 2],
      ['   \n', 4],
      ['*0\r\n', 4],
      ['*-7\r\n', 5],
    ] as const) {
      parser.reset(0);
      assert.equal(parser.parse(Buffer.from(text), text.length), EMPTY);
      assert.equal(parser.end, end);
    }
  });

  test('forget() lets go of the memory', () => {
    const parser = new RequestParser();
    parser.parse(Buffer.from('PING\r\n'), 6);
    parser.forget();
    assert.deepEqual([parser.bytes.length, parser.source.length], [0, 0]);
  });

  test('a parser that threw is as new after reset()', () => {
    const parser = new RequestParser();
    assert.throws(() => parser.parse(Buffer.from('*2\r\n$1\r\na\r\n$x\r\n'), 16), ProtocolError);
    parser.reset(0);
    assert.equal(parser.parse(Buffer.from('*1\r\n$1\r\nb\r\n'), 11), REQUEST);
    assert.deepEqual([parser.argc, parser.starts[0]], [1, 8]);
  });
});

/** Feeds a request in pieces of so many bytes as a connection does. @returns milliseconds. */
function timeOfPieces(request: Buffer, size: number): number {
  const parser = new RequestParser();
  parser.reset(0);
  const startedAt = performance.now();
  const pending = new PendingBytes(request, 0, 1, 0);
  let found = parser.parse(pending.bytes, pending.length);
  for (let at = 1; at < request.length; at += size) {
    const piece = request.subarray(at, Math.min(at + size, request.length));
    pending.append(piece, 0, piece.length, parser.needed);
    if (parser.needed <= pending.length) found = parser.parse(pending.bytes, pending.length);
  }
  assert.equal(found, REQUEST);
  return performance.now() - startedAt;
}

describe('RequestParser with PendingBytes: time grows no faster than the request', () => {
  const shapes: Array<[title: string, request: (count: number) => string, count: number, size: number]> = [
    ['many arguments', (n) => `*${n}\r\n${'$3\r\nabc\r\n'.repeat(n)}`, 60_000, 11],
    ['large arguments', (n) => `*${n}\r\n${`$1000\r\n${'x'.repeat(1000)}\r\n`.repeat(n)}`, 4000, 60],
    ['one value', (n) => `*1\r\n$${n}\r\n${'x'.repeat(n)}\r\n`, 4_000_000, 50],
  ];
  for (const [title, request, count, size] of shapes) {
    test(title, () => {
      const small = Buffer.from(request(count));
      const large = Buffer.from(request(count * 8));
      timeOfPieces(small, size);
      const ratio = () => timeOfPieces(large, size) / timeOfPieces(small, size);
      const best = Math.min(ratio(), ratio(), ratio());
      assert.ok(best < 30, `8 times the bytes took ${best} times as long`);
    });
  }

  test('a line of 64 KB in single bytes', () => {
    const line = Buffer.from(`ECHO ${'x'.repeat(LINE - 6)}\n`);
    assert.ok(timeOfPieces(line, 1) < 500);
    const header = Buffer.from(`*1\r\n$${'0'.repeat(LINE - 2)}`);
    const parser = new RequestParser();
    parser.reset(0);
    const startedAt = performance.now();
    for (let limit = 1; limit <= header.length; limit++)
      assert.equal(parser.parse(header, limit), INCOMPLETE);
    assert.ok(performance.now() - startedAt < 500);
  });

  test('a million arguments', () => {
    const request = Buffer.from(`*1048576\r\n${'$1\r\na\r\n'.repeat(1_048_576)}`);
    const parser = new RequestParser();
    parser.reset(0);
    assert.equal(parser.parse(request, request.length), REQUEST);
    assert.equal(parser.argc, 1_048_576);
    assert.equal(parser.end, request.length);
    assert.ok(timeOfPieces(request, 60_000) < 3000);
  });
});
