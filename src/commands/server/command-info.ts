import type { ReplyWriter } from '../../resp/reply-writer.ts';
import type { Command, Flag, KeySpec } from '../command.ts';
import { categoriesOf } from './acl-categories.ts';

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
  const fixed = specs.filter((spec) => 'first' in spec);
  const first = fixed[0];
  const last = fixed.at(-1);
  return first === undefined || last === undefined ? [0, 0, 0] : [first.first, last.last, first.step];
};

const writeKeySpec = (reply: ReplyWriter, spec: KeySpec): void => {
  const { flags, notes } = spec;
  reply.map(notes === undefined ? 3 : 4);
  if (notes !== undefined) {
    reply.text('notes');
    reply.text(notes);
  }
  reply.text('flags');
  writeWords(reply, flags.split(' '));
  const [begin, find] = searchOf(spec);
  reply.text('begin_search');
  writeSearch(reply, begin);
  reply.text('find_keys');
  writeSearch(reply, find);
};

/** A step of the search for keys, as COMMAND INFO describes it. */
type Search = readonly [type: string, spec: Readonly<Record<string, number | string>>];

const searchOf = (spec: KeySpec): [begin: Search, find: Search] => {
  if ('first' in spec) {
    const { first, last, step } = spec;
    const range = { lastkey: last < 0 ? last : last - first, keystep: step, limit: 0 };
    return [
      ['index', { index: first }],
      ['range', range],
    ];
  }
  if ('numberAt' in spec) {
    return [
      ['index', { index: spec.numberAt }],
      ['keynum', { keynumidx: 0, firstkey: 1, keystep: 1 }],
    ];
  }
  if ('unknown' in spec) return [UNKNOWN, UNKNOWN];
  const half = spec.keys === 'half';
  return [
    ['keyword', { keyword: spec.word, startfrom: spec.from }],
    ['range', { lastkey: half ? -1 : 0, keystep: 1, limit: half ? 2 : 0 }],
  ];
};

const UNKNOWN: Search = ['unknown', {}];

const writeSearch = (reply: ReplyWriter, [type, spec]: Search): void => {
  const entries = Object.entries(spec);
  reply.map(2);
  reply.text('type');
  reply.text(type);
  reply.text('spec');
  reply.map(entries.length);
  for (const [name, value] of entries) {
    reply.text(name);
    if (typeof value === 'number') reply.integer(value);
    else reply.text(value);
  }
};
