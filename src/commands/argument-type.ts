import type { SyntaxArgument } from './syntax.ts';

/** Names of arguments that are keys. */
const KEYS = new Set('key key1 key2 source destination newkey destkey sourcekey src dst'.split(' '));
/** Names of arguments that are whole numbers, whatever the command. */
const INTEGERS = new Set(
  (
    'bit bits client-id count cursor db decrement destination-db frequency increment index index1 index2 len limit ' +
    'milliseconds ms num-matches numkeys numreplicas offset port protover rank seconds timeout ttl version weight ' +
    'end-slot start-slot slot'
  ).split(' '),
);
const DOUBLES = new Set('score longitude latitude radius width height'.split(' '));
/** Names that mean a number in the commands of some groups only. */
const INTEGERS_OF_GROUP: Readonly<Record<string, ReadonlySet<string>>> = {
  bitmap: new Set(['value', 'start', 'end']),
  string: new Set(['start', 'end']),
  list: new Set(['start', 'stop']),
};
/** Names whose type one command alone has. */
const TYPES_OF_COMMAND: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  incrbyfloat: { increment: 'double' },
  hincrbyfloat: { increment: 'double' },
};

/** The type that COMMAND DOCS gives an argument: by its shape, or by what arguments of that name are. */
export const argumentType = ({ kind, name }: SyntaxArgument, command: string, group: string): string => {
  if (kind === 'token') return 'pure-token';
  if (kind !== 'value') return kind;
  const special = TYPES_OF_COMMAND[command]?.[name];
  if (special !== undefined) return special;
  if (KEYS.has(name)) return 'key';
  if (name === 'pattern') return 'pattern';
  if (name.startsWith('unix-time')) return 'unix-time';
  if (INTEGERS.has(name) || INTEGERS_OF_GROUP[group]?.has(name)) return 'integer';
  return DOUBLES.has(name) ? 'double' : 'string';
};
