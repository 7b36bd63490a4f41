import type { Command, CommandEntry } from '../command.ts';

/** Every ACL category, in Redis's order. */
export const ACL_CATEGORIES = [
  'keyspace',
  'read',
  'write',
  'set',
  'sortedset',
  'list',
  'hash',
  'string',
  'bitmap',
  'hyperloglog',
  'geo',
  'stream',
  'pubsub',
  'admin',
  'fast',
  'slow',
  'blocking',
  'dangerous',
  'connection',
  'transaction',
  'scripting',
] as const;

/** The category of commands whose entry names none, by group. */
const CATEGORY_OF_GROUP: Readonly<Record<string, string>> = {
  bitmap: 'bitmap',
  connection: 'connection',
  generic: 'keyspace',
  geo: 'geo',
  hash: 'hash',
  hyperloglog: 'hyperloglog',
  list: 'list',
  scripting: 'scripting',
  set: 'set',
  'sorted-set': 'sortedset',
  stream: 'stream',
  string: 'string',
  transactions: 'transaction',
};

/** The ACL categories of a command, without `@`, in Redis's order. */
export const categoriesOf = ({ group, entry, run }: Command): string[] => {
  const found = new Set(entry.categories ?? (run === undefined ? [] : [CATEGORY_OF_GROUP[group]]));
  for (const category of impliedByFlags(entry)) found.add(category);
  return ACL_CATEGORIES.filter((category) => found.has(category));
};

function* impliedByFlags({ flags = [], categories = [] }: CommandEntry): Generator<string> {
  if (flags.includes('write')) yield 'write';
  if (flags.includes('readonly') && !categories.includes('scripting')) yield 'read';
  if (flags.includes('admin')) {
    yield 'admin';
    yield 'dangerous';
  }
  if (flags.includes('pubsub')) yield 'pubsub';
  if (flags.includes('blocking')) yield 'blocking';
  yield flags.includes('fast') ? 'fast' : 'slow';
}
