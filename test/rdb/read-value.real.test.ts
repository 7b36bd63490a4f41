import assert from 'node:assert/strict';
import { test } from 'node:test';
import { valueEnd } from '../../src/rdb/payload.ts';
import { RdbReader } from '../../src/rdb/rdb-reader.ts';
import { readValue } from '../../src/rdb/read-value.ts';
import { besideRedis } from '../rows/beside-redis.ts';
import { realRedisMissing } from '../rows/real-redis.ts';
import { ModelSink } from './model-sink.ts';
import { OLD_FORMS, VALUES } from './samples.ts';

const missing = realRedisMissing();
const redis = besideRedis();

const read = (payload: Buffer): ModelSink => {
  const sink = new ModelSink();
  const end = valueEnd(payload, 0, payload.length);
  assert.ok(end > 0);
  const reader = new RdbReader(payload, 0, end);
  readValue(reader.byte(), reader, sink);
  assert.equal(reader.left, 0);
  return sink;
};

/** The bulk strings of a reply. */
const bulks = (reply: string): string[] => {
  const found: string[] = [];
  for (let at = reply.indexOf('$'); at >= 0; ) {
    const line = reply.indexOf('\r\n', at);
    const length = Number(reply.slice(at + 1, line));
    found.push(reply.slice(line + 2, line + 2 + length));
    at = line + length + 4 < reply.length ? line + length + 4 : -1;
  }
  return found;
};

/** What the reply to a command that shows everything says, in the model's terms. */
const assertShown = (sink: ModelSink, [command, ...args]: readonly string[], shown: string[]): void => {
  if (command === 'LRANGE') assert.deepEqual(sink.elements, shown);
  else if (command === 'SMEMBERS') assert.deepEqual([...sink.members].sort(), shown.sort());
  else if (command === 'GET') assert.deepEqual([sink.value], shown);
  else if (command === 'HMGET')
    assert.deepEqual(
      args.slice(1).map((field) => sink.fields.get(field)?.[0]),
      shown,
    );
  else if (command === 'HGETALL')
    assert.deepEqual(
      [...sink.fields].flatMap(([field, [value]]) => [field, value]),
      shown,
    );
  else {
    const ordered = [...sink.scores].flat();
    const numbers = shown.map((text, i) => (i % 2 === 0 ? text : Number(text.replace('inf', 'Infinity'))));
    assert.deepEqual(new Map(chunk(ordered)), new Map(chunk(numbers)));
  }
};

const chunk = (flat: readonly (string | number)[]): [string | number, string | number][] =>
  flat.flatMap((item, i) => (i % 2 === 0 ? [[item, flat[i + 1]!]] : []));

const SHOWS: Readonly<Record<string, readonly string[]>> = {
  string: ['GET', 'k'],
  list: ['LRANGE', 'k', '0', '-1'],
  set: ['SMEMBERS', 'k'],
  hash: ['HGETALL', 'k'],
  zset: ['ZRANGE', 'k', '0', '-1', 'WITHSCORES'],
};

for (const [name, commands] of Object.entries(VALUES)) {
  test(`redis-server 7.0: the DUMP of a ${name} is read`, { skip: missing ?? false }, async () => {
    await redis.call('FLUSHALL');
    for (const command of commands) assert.match(await redis.call(...command), /^[+:]/);
    const [payload = ''] = bulks(await redis.call('DUMP', 'k'));
    const type = (await redis.call('TYPE', 'k')).slice(1, -2);
    const shows = SHOWS[type]!;
    assertShown(read(Buffer.from(payload, 'latin1')), shows, bulks(await redis.call(...shows)));
  });
}

for (const [name, [payload, ...shows]] of Object.entries(OLD_FORMS)) {
  test(`redis-server 7.0: a ${name} means the same to it`, { skip: missing ?? false }, async () => {
    await redis.call('FLUSHALL');
    assert.equal(await redis.call('RESTORE', 'k', '0', payload), '+OK\r\n');
    assertShown(read(payload), shows, bulks(await redis.call(...shows)));
  });
}
