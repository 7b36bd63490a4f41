import type { ReplyWriter } from '../resp/reply-writer.ts';
import { categoriesOf } from './acl-categories.ts';
import type { Command, Flag, KeySpec } from './command.ts';

/** The flags that COMMAND INFO shows, in Redis's order. */
const SHOWN_FLAGS: readonly Flag[] = [
  'write',
  'readonly',
  'denyoom',
  'module',
  'admin',
  'pubsub',
  'noscript',
  'blocking',
  'loading',
  'stale',
  'skip_monitor',
  'skip_slowlog',
  'fast',
  'no_auth',
  'may_replicate',
  'no_mandatory_keys',
  'no_async_loading',
  'no_multi',
  'movablekeys',
  'allow_busy',
];

/** Writes what COMMAND INFO says of a command and of its subcommands. */
export const writeCommandInfo = (reply: ReplyWriter, command: Command): void => {
  const { name, arity, entry, subcommands } = command;
  const specs = entry.keys ?? [];
  reply.array(10);
  reply.text(name);
  reply.integer(arity);
  writeWords(
    reply,
    SHOWN_FLAGS.filter((flag) => entry.flags?.includes(flag)),
  );
  for (const number of keyRange(specs)) reply.integer(number);
  writeWords(
    reply,
    categoriesOf(command).map((category) => `@${category}`),
  );
  const tips = entry.tips ?? [];
  reply.set(tips.length);
  for (const tip of tips) reply.text(tip);
  reply.set(specs.length);
  for (const spec of specs) writeKeySpec(reply, spec);
  reply.set(subcommands?.size ?? 0);
  for (const subcommand of subcommands?.values() ?? []) writeCommandInfo(reply, subcommand);
};

/** Writes words as a set of status replies. */
export const writeWords = (reply: ReplyWriter, words: readonly string[]): void => {
  reply.set(words.length);
  for (const word of words) reply.status(word);
};

/** First key, last key and step as clients older than key specs read them. */
const keyRange = (specs: readonly KeySpec[]): [first: number, last: number, step: number] => {
  const first = specs[0];
  const last = specs.at(-1);
  return first === undefined || last === undefined ? [0, 0, 0] : [first.first, last.last, first.step];
};

const writeKeySpec = (reply: ReplyWriter, { first, last, step, flags, notes }: KeySpec): void => {
  reply.map(notes === undefined ? 3 : 4);
  if (notes !== undefined) {
    reply.text('notes');
    reply.text(notes);
  }
  reply.text('flags');
  writeWords(reply, flags.split(' '));
  reply.text('begin_search');
  writeTyped(reply, 'index', { index: first });
  reply.text('find_keys');
  writeTyped(reply, 'range', { lastkey: last < 0 ? last : last - first, keystep: step, limit: 0 });
};

const writeTyped = (reply: ReplyWriter, type: string, spec: Readonly<Record<string, number>>): void => {
  const entries = Object.entries(spec);
  reply.map(2);
  reply.text('type');
  reply.text(type);
  reply.text('spec');
  reply.map(entries.length);
  for (const [name, value] of entries) {
    reply.text(name);
    reply.integer(value);
  }
};
