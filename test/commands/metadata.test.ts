import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startOurServer } from '../rows/our-server.ts';
import { realRedisMissing, startRealRedis } from '../rows/real-redis.ts';
import { type ReplyTree, readReply, withoutOrder } from '../rows/reply-tree.ts';
import { WireConnection } from '../rows/wire.ts';
import { renderSyntax } from './rendered-syntax.ts';

const missing = realRedisMissing();

/** Commands that redis-server 7.0 does not have, or not with all their arguments. */
const NEWER = new Set([
  'client|setinfo',
  'client|no-touch',
  'zrank',
  'zrevrank',
  ...['hexpire', 'hpexpire', 'hexpireat', 'hpexpireat', 'hpersist'],
  ...['httl', 'hpttl', 'hexpiretime', 'hpexpiretime'],
]);
/** What redis-server 7.0 does not have yet of a command's arguments, by its name. */
const NEWER_ARGUMENTS = new Map([['hscan', ' [NOVALUES]']]);
/** Where COMMAND INFO lists the subcommands: each server has its own. */
const SUBCOMMANDS_AT = 9;
/** Remarks to a key of COMMAND INFO, in prose. */
const KEY_NOTES = / \$"notes"=>\$"[^"]*"/;
/** What COMMAND DOCS says in the server's own words, or of its own subcommands. */
const OWN_WORDS = new Set(['summary', 'complexity', 'history', 'subcommands']);

const closers: (() => unknown)[] = [];
let ours: WireConnection;
let real: WireConnection;

before(async () => {
  if (missing !== undefined) return;
  const [server, redis] = await Promise.all([startOurServer(), startRealRedis()]);
  ours = await WireConnection.open(server.port);
  real = await WireConnection.open(redis.port);
  await Promise.all([ours.call('HELLO', '3'), real.call('HELLO', '3')]);
  closers.push(
    () => ours.close(),
    () => real.close(),
    () => server.close(),
    () => redis.stop(),
  );
});

after(async () => {
  for (const close of closers) await close();
});

const options = { skip: missing ?? false };

test('COMMAND INFO: every command is described as redis-server 7.0 describes it', options, async () => {
  await compareAll('INFO', (tree) => {
    const fields = tree.items?.[0]?.items ?? [];
    return fields.slice(0, SUBCOMMANDS_AT).map((field) => withoutOrder(field).replace(KEY_NOTES, ''));
  });
});

test('COMMAND DOCS: every command is documented as redis-server 7.0 documents it', options, async () => {
  await compareAll('DOCS', (tree, name) => {
    const fields = tree.items?.[1]?.items ?? [];
    const pairs = fields.flatMap((field, index) =>
      index % 2 === 0 ? [[field, fields[index + 1]!] as const] : [],
    );
    const compared = pairs.filter(([name]) => !OWN_WORDS.has(name.text ?? ''));
    return compared.map(
      ([{ text }, value]) => `${text}: ${text === 'arguments' ? syntaxOf(name, value) : withoutOrder(value)}`,
    );
  });
});

/** The arguments, without those that are newer. */
function syntaxOf(name: string, value: ReplyTree): string {
  return renderSyntax(value).replace(NEWER_ARGUMENTS.get(name) ?? '', '');
}

async function compareAll(
  what: string,
  facts: (tree: ReplyTree, name: string) => readonly string[],
): Promise<void> {
  const names = (await ask(ours, 'LIST')).items?.map(({ text }) => text ?? '') ?? [];
  assert.ok(names.length > 100, `COMMAND LIST has only ${names.length} commands`);
  const differing: string[] = [];
  for (const name of names.filter((each) => !NEWER.has(each)).sort()) {
    const [described, expected] = [
      facts(await ask(ours, what, name), name),
      facts(await ask(real, what, name), name),
    ];
    const [ourText, realText] = [described.join('\n    '), expected.join('\n    ')];
    if (ourText !== realText) differing.push(`${name}\n  ours:\n    ${ourText}\n  real:\n    ${realText}`);
  }
  assert.deepEqual(differing, []);
}

async function ask(connection: WireConnection, ...argv: string[]): Promise<ReplyTree> {
  const reply = readReply(Buffer.from(await connection.call('COMMAND', ...argv), 'latin1'), 0);
  assert.ok(reply !== undefined);
  return reply.tree;
}
