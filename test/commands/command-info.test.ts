import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCommandTable } from '../../src/commands/index.ts';
import { startOurServer } from '../rows/our-server.ts';
import { realRedisMissing, startRealRedis } from '../rows/real-redis.ts';
import { type ReplyTree, readReply } from '../rows/reply-tree.ts';
import { WireConnection } from '../rows/wire.ts';

const missing = realRedisMissing();
if (missing !== undefined) console.error(`COMMAND INFO WAS NOT COMPARED: ${missing}`);

/** Where COMMAND INFO lists the subcommands: each server has its own, and Redis shows them in no order. */
const SUBCOMMANDS_AT = 9;

/** Commands that have more arguments since 7.2. */
const CHANGED = new Set(['zrank', 'zrevrank']);

/** What a server's COMMAND INFO says of commands, by name: every byte but for the list of subcommands. */
async function describe(port: number, names: readonly string[]): Promise<Map<string, string | null>> {
  const connection = await WireConnection.open(port);
  const bytes = Buffer.from(await connection.call('COMMAND', 'INFO', ...names), 'latin1');
  connection.close();
  const described = readReply(bytes, 0)?.tree.items ?? [];
  return new Map(names.map((name, i) => [name, textOf(described[i])]));
}

function textOf(tree: ReplyTree | undefined): string | null {
  return tree?.items ? JSON.stringify(tree.items.slice(0, SUBCOMMANDS_AT)) : null;
}

test('COMMAND INFO says what redis-server 7.0 says, in its order', { skip: missing ?? false }, async () => {
  const names = createCommandTable().commands.map(({ name }) => name);
  const [server, redis] = await Promise.all([startOurServer(), startRealRedis()]);
  try {
    const ours = await describe(server.port, names);
    const real = await describe(redis.port, names);
    const shared = names.filter((name) => real.get(name) !== null && !CHANGED.has(name));
    assert.ok(shared.length > 120);
    for (const name of shared) assert.equal(ours.get(name), real.get(name), name);
  } finally {
    await Promise.all([server.close(), redis.stop()]);
  }
});

test('every command and subcommand has its own index, in the order of the table', () => {
  const { commands } = createCommandTable();
  assert.deepEqual(
    commands.map(({ index }) => index),
    commands.map((_, i) => i),
  );
});
