import assert from 'node:assert/strict';
import { test } from 'node:test';
import { array, bulk, error, int, ok, type Wire } from '../rows/reply.ts';
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
  assert.ok(alike(ran, array(int(1000), bulk('v')).resp2, array(int(999), bulk('v')).resp2, true));
  assert.ok(!alike(ran, array(int(1000), bulk('v')).resp2, array(int(999), bulk('w')).resp2, true));
  assert.ok(!alike(ran, array(int(1000)).resp2, array(int(999), bulk('v')).resp2, true));
  const keys = [['KEYS', '*']];
  const [ab, ba] = [array(array(bulk('a'), bulk('b'))), array(array(bulk('b'), bulk('a')))];
  assert.ok(alike(keys, ab.resp2, ba.resp2, true));
});

test('alike: the order of what is hashed is open, what belongs together is not', () => {
  const [a, b, one, two] = ['a', 'b', '1', '2'].map((text) => bulk(text));
  assert.ok(alike([['SMEMBERS', 'k']], array(a!, b!).resp2, array(b!, a!).resp2));
  assert.ok(alike([['HGETALL', 'k']], array(a!, one!, b!, two!).resp2, array(b!, two!, a!, one!).resp2));
  assert.ok(!alike([['HGETALL', 'k']], array(a!, one!, b!, two!).resp2, array(a!, two!, b!, one!).resp2));
  assert.ok(!alike([['LRANGE', 'k', '0', '-1']], array(a!, b!).resp2, array(b!, a!).resp2));
});

test('alike: of what is drawn by chance the number counts', () => {
  const [a, b] = [bulk('a'), bulk('b')];
  assert.ok(alike([['SRANDMEMBER', 'k', '1']], array(a).resp2, array(b).resp2));
  assert.ok(!alike([['SRANDMEMBER', 'k', '2']], array(a).resp2, array(a, b).resp2));
  assert.ok(!alike([['SPOP', 'k']], a, error('WRONGTYPE')));
});

test('alike: SORT leaves open how equal texts are ordered', () => {
  const [ab, ba] = [array(bulk('a'), bulk('b')).resp2, array(bulk('b'), bulk('a')).resp2];
  assert.ok(alike([['SORT', 'k', 'BY', 'w*', 'ALPHA']], ab, ba));
  assert.ok(alike([['SORT', 'k', 'by', 'nosort']], ab, ba));
  assert.ok(!alike([['SORT', 'k', 'BY', 'w*']], ab, ba));
  assert.ok(!alike([['SORT', 'k', 'ALPHA']], ab, ba));
});

test('alike: moments and short idle times of streams are open, counts are not', () => {
  const pending = (idle: number, times: number) =>
    array(array(bulk('1-0'), bulk('c'), int(idle), int(times))).resp2;
  const question = [['XPENDING', 'k', 'g', '-', '+', '9']];
  assert.ok(alike(question, pending(3, 1), pending(0, 1)));
  assert.ok(!alike(question, pending(3, 1), pending(3, 2)));
  assert.ok(!alike(question, pending(3, 1), pending(5_500_000, 1)));
  const consumers = (...facts: readonly Wire[]) => array(array(bulk('name'), bulk('c'), ...facts)).resp2;
  const about = [['XINFO', 'CONSUMERS', 'k', 'g']];
  const idle = bulk('idle');
  assert.ok(alike(about, consumers(idle, int(3), bulk('inactive'), int(4)), consumers(idle, int(0))));
  assert.ok(!alike(about, consumers(bulk('pending'), int(3)), consumers(bulk('pending'), int(2))));
});
