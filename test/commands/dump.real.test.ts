import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Server } from '../../src/index.ts';
import { OLD_FORMS, VALUES } from '../rdb/samples.ts';
import { NEW_FORMS } from '../rdb/written-forms.ts';
import { startOurServer } from '../rows/our-server.ts';
import { type RealRedis, realRedisMissing, startRealRedis } from '../rows/real-redis.ts';
import { WireConnection } from '../rows/wire.ts';

const missing = realRedisMissing();
let server: Server;
let redis: RealRedis | undefined;
let ours: WireConnection;
let real: WireConnection;

before(async () => {
  server = await startOurServer();
  ours = await WireConnection.open(server.port);
  if (missing !== undefined) return;
  redis = await startRealRedis();
  real = await WireConnection.open(redis.port);
});

after(async () => {
  ours?.close();
  real?.close();
  await server?.close();
  await redis?.stop();
});

/** The bytes of a bulk string. */
const content = (reply: string): Buffer => Buffer.from(reply.slice(reply.indexOf('\r\n') + 2, -2), 'latin1');

/** Commands that show all of a value, by its type. */
const SHOWS: Readonly<Record<string, string>> = {
  string: 'GET k',
  list: 'LRANGE k 0 -1',
  set: 'SORT k ALPHA',
  hash: 'HGETALL k',
  zset: 'ZRANGE k 0 -1 WITHSCORES',
  stream: 'XINFO STREAM k FULL COUNT 0',
};

/** All that can be seen of key `k`. Fields and members come in an order that is each server's own. */
const seen = async (connection: WireConnection): Promise<unknown> => {
  const type = (await connection.call('TYPE', 'k')).slice(1, -2);
  const shown = await connection.call(...(SHOWS[type] ?? 'EXISTS k').split(' '));
  const isOrdered = type !== 'hash' && type !== 'set';
  const parts = isOrdered ? shown : shown.split('\r\n').sort();
  return [type, await connection.call('OBJECT', 'ENCODING', 'k'), parts];
};
