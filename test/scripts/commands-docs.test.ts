import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { commandsPage } from '../../scripts/docs.ts';
import { REDIS_COMMANDS } from '../../scripts/redis-commands.ts';
import { realRedisMissing, startRealRedis } from '../rows/real-redis.ts';
import { readReply } from '../rows/reply-tree.ts';
import { WireConnection } from '../rows/wire.ts';

const FILE = path.resolve(import.meta.dirname, '../../docs/commands.md');

test('docs/commands.md is what the table of commands says (npm run docs writes it)', () => {
  const stale = readFileSync(FILE, 'utf8') !== commandsPage();
  assert.ok(!stale, 'docs/commands.md is stale: npm run docs');
});

test('REDIS_COMMANDS are those of redis-server 7.0', { skip: realRedisMissing() ?? false }, async () => {
  const redis = await startRealRedis();
  const connection = await WireConnection.open(redis.port);
  const reply = readReply(Buffer.from(await connection.call('COMMAND', 'LIST'), 'latin1'), 0);
  connection.close();
  await redis.stop();
  const names = reply?.tree.items?.map(({ text }) => text ?? '').sort();
  assert.deepEqual([...REDIS_COMMANDS.values()].flat().sort(), names);
});
