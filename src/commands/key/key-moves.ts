import { errors } from '../../errors.ts';
import type { Database } from '../../keyspace/database.ts';
import { copyKey, moveKey, renameKey } from '../../keyspace/key-moves.ts';
import type { Call, CommandGroup, Handler, KeySpec } from '../command.ts';
import { oneKey } from '../command.ts';

/** The database whose number is argument `index`. @throws CommandError in Redis's wording. */
const databaseAt = ({ args, keyspace }: Call, index: number): Database => {
  const database = keyspace.databases[args.int(index)];
  if (database === undefined) throw errors.dbIndexOutOfRange;
  return database;
};

/** @returns false if the new name is taken and must not be. @throws errors.noSuchKey */
const renamed = ({ args, database }: Call, mayReplace: boolean): boolean => {
  const entry = database.write(args.buffer, args.start(1), args.length(1));
  if (entry === 0) throw errors.noSuchKey;
  if (args.same(1, 2)) return mayReplace;
  const old = database.write(args.buffer, args.start(2), args.length(2));
  if (old !== 0 && !mayReplace) return false;
  renameKey(database, entry, old, args.buffer, args.start(2), args.length(2));
  return true;
};

const rename: Handler = (call) => {
  renamed(call, true);
  call.reply.ok();
};

const renamenx: Handler = (call) => {
  call.reply.integer(renamed(call, false) ? 1 : 0);
};

const move: Handler = (call) => {
  const { args, database, reply } = call;
  const target = databaseAt(call, 2);
  if (target === database) throw errors.sameObject;
  const entry = database.write(args.buffer, args.start(1), args.length(1));
  if (entry === 0 || target.write(args.buffer, args.start(1), args.length(1)) !== 0) return reply.integer(0);
  moveKey(entry, database, target);
  reply.integer(1);
};

const copy: Handler = (call) => {
  const { args, database, reply } = call;
  let target = database;
  let mayReplace = false;
  for (let i = 3; i < args.count; i++) {
    if (args.is(i, 'REPLACE')) mayReplace = true;
    else if (args.is(i, 'DB') && i + 1 < args.count) target = databaseAt(call, ++i);
    else throw errors.syntax;
  }
  if (target === database && args.same(1, 2)) throw errors.sameObject;
  const entry = database.read(args.buffer, args.start(1), args.length(1));
  if (entry === 0) return reply.integer(0);
  const old = target.write(args.buffer, args.start(2), args.length(2));
  if (old !== 0 && !mayReplace) return reply.integer(0);
  copyKey(entry, target, old, args.buffer, args.start(2), args.length(2));
  reply.integer(1);
};

const fromTo = (from: string, to: string): readonly KeySpec[] => [
  { first: 1, last: 1, step: 1, flags: from },
  { first: 2, last: 2, step: 1, flags: to },
];

/** Commands that take a value to another key or another database. */
export const keyMoves = {
  rename: {
    arity: 3,
    flags: ['write'],
    traits: ['brief'],
    keys: fromTo('RW access delete', 'OW update'),
    syntax: 'key newkey',
    since: '1.0.0',
    complexity: 'O(1)',
    summary: 'Gives a key another name; a key that had this name is deleted.',
    run: rename,
  },
  renamenx: {
    arity: 3,
    flags: ['write', 'fast'],
    keys: fromTo('RW access delete', 'OW insert'),
    syntax: 'key newkey',
    since: '1.0.0',
    complexity: 'O(1)',
    summary: 'Gives a key another name, unless there is a key of this name.',
    run: renamenx,
  },
  move: {
    arity: 3,
    flags: ['write', 'fast'],
    keys: oneKey('RW access update'),
    syntax: 'key db',
    since: '1.0.0',
    complexity: 'O(1)',
    summary: 'Takes a key to another database, unless it is there already.',
    run: move,
  },
  copy: {
    arity: -3,
    flags: ['write', 'denyoom'],
    keys: fromTo('RO access', 'OW update'),
    syntax: 'source destination [DB destination-db] [REPLACE]',
    since: '6.2.0',
    complexity: 'O(N), when N is the length of the value',
    summary: 'Copies the value of a key and its expiry to another key.',
    run: copy,
  },
} satisfies CommandGroup;
