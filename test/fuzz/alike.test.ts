import assert from 'node:assert/strict';
import { test } from 'node:test';
import { array, bulk, error, int, ok } from '../rows/reply.ts';
import { alike } from './alike.ts';

test('alike: replies must be equal byte by byte', () => {
  assert.ok(alike([['GET', 'k']], bulk('a'), bulk('a')));
  assert.ok(!alike([['GET', 'k']], bulk('a'), bulk('b')));
  assert.ok(!alike([['STRLEN', 'k']], int(1), int(2)));
  assert.ok(!alike([['SET', 'k', 'v']], ok, error('ERR syntax error')));
  assert.ok(
    !alike([['MGET', 'a', 'b']], array(bulk('1'), bulk('2')).resp2, array(bulk('2'), bulk('1')).resp2),
  );
});

test('alike: KEYS and SCAN may list in any order', () => {
  const [ab, ba] = [array(bulk('a'), bulk('b')), array(bulk('b'), bulk('a'))];
  assert.ok(alike([['keys', '*']], ab.resp2, ba.resp2));
  assert.ok(alike([['SCAN', '0']], array(bulk('0'), ab).resp2, array(bulk('0'), ba).resp2));
  assert.ok(!alike([['KEYS', '*']], ab.resp2, array(bulk('a')).resp2));
});

test('alike: times may lie as far apart as two clock readings', () => {
  assert.ok(alike([['PTTL', 'k']], int(100_000), int(99_990)));
  assert.ok(!alike([['PTTL', 'k']], int(100_000), int(90_000)));
  assert.ok(!alike([['TTL', 'k']], int(-1), int(-2)));
  assert.ok(!alike([['TTL', 'k']], int(0), int(-1)));
});

test('alike: the replies in the array of EXEC are held to their own commands', () => {
  const ran = [
    ['PTTL', 'k'],
    ['GET', 'k'],
  ];
  assert.ok(alike(ran, array(int(1000), bulk('v')).resp2, array(int(999), bulk('v')).resp2));
  assert.ok(!alike(ran, array(int(1000), bulk('v')).resp2, array(int(999), bulk('w')).resp2));
  assert.ok(!alike(ran, array(int(1000)).resp2, array(int(999), bulk('v')).resp2));
  const keys = [['KEYS', '*']];
  const [ab, ba] = [array(array(bulk('a'), bulk('b'))), array(array(bulk('b'), bulk('a')))];
  assert.ok(alike(keys, ab.resp2, ba.resp2));
});
