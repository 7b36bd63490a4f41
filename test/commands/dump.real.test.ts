import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Server } from '../../src/index.ts';
import { OLD_FORMS, STREAMS, VALUES } from '../rdb/samples.ts';
import { NEW_FORMS } from '../rdb/written-forms.ts';
import { besideRedis, type Peer } from '../rows/beside-redis.ts';
import { startOurServer } from '../rows/our-server.ts';
import { realRedisMissing } from '../rows/real-redis.ts';
import { WireConnection } from '../rows/wire.ts';

const missing = realRedisMissing();
let server: Server;
let ours: WireConnection;
const real = besideRedis();

before(async () => {
  server = await startOurServer();
  ours = await WireConnection.open(server.port);
});

after(async () => {
  ours?.close();
  await server?.close();
});

/** The bytes of a bulk string. */
const content = (reply: string): Buffer => Buffer.from(reply.slice(reply.indexOf('\r\n') + 2, -2), 'latin1');

/** Commands that together show all of a value, by its type. */
const SHOWS: Readonly<Record<string, readonly string[]>> = {
  string: ['GET k'],
  list: ['LRANGE k 0 -1'],
  set: ['SMEMBERS k'],
  hash: ['HGETALL k'],
  zset: ['ZRANGE k 0 -1 WITHSCORES'],
  stream: ['XRANGE k - +', 'XINFO STREAM k', 'XINFO GROUPS k', 'XPENDING k g'],
};

/** All that can be seen of key `k`. Fields and members come in an order that is each server's own. */
const seen = async (peer: Peer): Promise<unknown> => {
  const type = (await peer.call('TYPE', 'k')).slice(1, -2);
  const shown = [await peer.call('OBJECT', 'ENCODING', 'k')];
  for (const line of SHOWS[type] ?? []) shown.push(await peer.call(...line.split(' ')));
  const isOrdered = type !== 'hash' && type !== 'set';
  return [type, isOrdered ? shown : shown.map((reply) => reply.split('\r\n').sort())];
};

const make = async (peer: Peer, commands: readonly (readonly string[])[]): Promise<void> => {
  await peer.call('FLUSHALL');
  for (const command of commands) assert.match(await peer.call(...command), /^[+:$*]/);
};

describe('a value that one server dumps, the other restores', { skip: missing ?? false }, () => {
  for (const [name, commands] of Object.entries({ ...VALUES, ...STREAMS })) {
    test(`${name}, from redis-server 7.0 to ours and back`, async () => {
      await make(real, commands);
      const before = await seen(real);
      const payload = content(await real.call('DUMP', 'k'));
      await ours.call('FLUSHALL');
      assert.equal(await ours.call('RESTORE', 'k', '0', payload), '+OK\r\n');
      assert.deepEqual(await seen(ours), before);
      const back = content(await ours.call('DUMP', 'k'));
      assert.equal(await real.call('RESTORE', 'k', '0', back, 'REPLACE'), '+OK\r\n');
      assert.deepEqual(await seen(real), before);
    });

    test(`${name}, made here`, async () => {
      await make(ours, commands);
      const payload = content(await ours.call('DUMP', 'k'));
      await real.call('FLUSHALL');
      assert.equal(await real.call('RESTORE', 'k', '0', payload), '+OK\r\n');
      assert.deepEqual(await seen(real), await seen(ours));
    });
  }

  for (const [name, [payload]] of Object.entries(OLD_FORMS)) {
    test(name, async () => {
      for (const peer of [ours, real]) {
        await peer.call('FLUSHALL');
        assert.equal(await peer.call('RESTORE', 'k', '0', payload), '+OK\r\n');
      }
      assert.deepEqual(await seen(ours), await seen(real));
    });
  }
});

test('what Redis 7.2 and 7.4 write is restored, and dumped as a 7.0 server reads it if it can', async () => {
  for (const payload of NEW_FORMS) {
    await ours.call('FLUSHALL');
    assert.equal(await ours.call('RESTORE', 'k', '0', payload), '+OK\r\n', `type ${payload[0]}`);
    const before = await seen(ours);
    const dumped = content(await ours.call('DUMP', 'k'));
    assert.equal(await ours.call('RESTORE', 'k', '0', dumped, 'REPLACE'), '+OK\r\n');
    assert.deepEqual(await seen(ours), before);
    const expires = payload[0] === 24 || payload[0] === 25;
    assert.equal(dumped.readUInt16LE(dumped.length - 10), expires ? 12 : 10);
    if (missing !== undefined || expires) continue;
    assert.equal(await real.call('RESTORE', 'k', '0', dumped, 'REPLACE'), '+OK\r\n');
    assert.deepEqual(await seen(real), before);
  }
});
