import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  array,
  bulk,
  double,
  error,
  int,
  like,
  map,
  matches,
  nil,
  nilArray,
  ok,
  set,
  unordered,
  verbatim,
} from './reply.ts';
import { readReply } from './reply-tree.ts';
import { sourceOfBoth } from './source.ts';

const nested = map(
  [bulk('a'), array(int(1), nil, set(bulk('x')))],
  [bulk('b'), array(double('1.5'), verbatim('hi'), nilArray)],
);

test('builders: one expression yields both protocols', () => {
  assert.equal(
    nested.resp2,
    '*4\r\n$1\r\na\r\n*3\r\n:1\r\n$-1\r\n*1\r\n$1\r\nx\r\n$1\r\nb\r\n*3\r\n$3\r\n1.5\r\n$2\r\nhi\r\n*-1\r\n',
  );
  assert.equal(
    nested.resp3,
    '%2\r\n$1\r\na\r\n*3\r\n:1\r\n_\r\n~1\r\n$1\r\nx\r\n$1\r\nb\r\n*3\r\n,1.5\r\n=6\r\ntxt:hi\r\n_\r\n',
  );
});

test('readReply: nothing until the last byte, then the whole reply and no more', () => {
  for (const wire of [nested.resp2, nested.resp3, ok, error('ERR x'), '#t\r\n', '(123\r\n', '>1\r\n+x\r\n']) {
    const bytes = Buffer.from(`${wire}+NEXT\r\n`, 'latin1');
    for (let length = 0; length < wire.length; length++) {
      assert.equal(
        readReply(bytes.subarray(0, length), 0),
        undefined,
        `${JSON.stringify(wire)} cut at ${length}`,
      );
    }
    assert.equal(readReply(bytes, 0)?.end, wire.length);
  }
  assert.throws(() => readReply(Buffer.from('hello\r\n'), 0), SyntaxError);
});

test('sourceOfBoth: writes the builders that made the replies', () => {
  assert.equal(
    sourceOfBoth(nested.resp2, nested.resp3),
    "map([bulk('a'), array(int(1), nil, set(bulk('x')))], [bulk('b'), array(double('1.5'), verbatim('hi'), nilArray)])",
  );
  assert.equal(sourceOfBoth('+a\r\n', '+b\r\n'), null);
});

test('matches: exact bytes, patterns, any order', () => {
  assert.ok(matches(ok, '+OK\r\n', 2));
  assert.ok(!matches(ok, '+ok\r\n', 2));
  assert.ok(matches(nil, '_\r\n', 3));
  assert.ok(!matches(nil, '_\r\n', 2));
  assert.ok(matches(like(/^:\d+\r\n$/, 'an id'), ':12\r\n', 2));
  assert.ok(!matches(like(/^:\d+\r\n$/, 'an id'), '$2\r\n12\r\n', 2));
  const letters = unordered(array(bulk('0'), array(bulk('a'), bulk('b'))));
  assert.ok(matches(letters, '*2\r\n$1\r\n0\r\n*2\r\n$1\r\nb\r\n$1\r\na\r\n', 2));
  assert.ok(!matches(letters, '*2\r\n$1\r\n0\r\n*2\r\n$1\r\nb\r\n$1\r\nb\r\n', 2));
  const pairs = unordered(map([bulk('a'), bulk('1')], [bulk('b'), bulk('2')]));
  assert.ok(matches(pairs, '%2\r\n$1\r\nb\r\n$1\r\n2\r\n$1\r\na\r\n$1\r\n1\r\n', 3));
  assert.ok(!matches(pairs, '%2\r\n$1\r\nb\r\n$1\r\n1\r\n$1\r\na\r\n$1\r\n2\r\n', 3));
});
