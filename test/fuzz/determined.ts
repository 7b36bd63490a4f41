import { type ReplyTree, withoutOrder } from '../rows/reply-tree.ts';
import type { Command } from './words.ts';

/** The part of a reply that two servers must agree on, as text. */
type View = (reply: ReplyTree, command: Command) => string;

/** Beyond this a number of a stream is a moment, in milliseconds since 1970, and no count. */
const MOMENT = 1e12;
/** Idle times are compared in steps that no test lasts for. */
const IDLE_STEP_MS = 1e6;
/** What 7.2 tells of streams beyond 7.0. */
const LATER_FIELDS = new Set(['inactive', 'active-time']);
/** Fields of a radix tree as Redis builds it. */
const INTERNAL_FIELDS = new Set(['radix-tree-keys', 'radix-tree-nodes']);

const VIEWS: Readonly<Record<string, View>> = {
  KEYS: withoutOrder,
  SCAN: withoutOrder,
  RANDOMKEY: shape,
  HGETALL: pairsWithoutOrder,
  HKEYS: withoutOrder,
  HVALS: withoutOrder,
  HSCAN: scannedPairs,
  HRANDFIELD: shape,
  SMEMBERS: withoutOrder,
  SINTER: withoutOrder,
  SUNION: withoutOrder,
  SDIFF: withoutOrder,
  SSCAN: withoutOrder,
  SRANDMEMBER: shape,
  SPOP: shape,
  ZSCAN: scannedPairs,
  ZRANDMEMBER: shape,
  SORT: sorted,
  SORT_RO: sorted,
  GEOSEARCH: found,
  GEORADIUS_RO: found,
  GEORADIUSBYMEMBER_RO: found,
  GEORADIUS: found,
  GEORADIUSBYMEMBER: found,
  XPENDING: pending,
  XINFO: told,
};

/** What is determined of the reply to a command; two servers that work alike give equal texts. */
export function determined(command: Command, reply: ReplyTree): string {
  const view = VIEWS[wordOf(command, 0)];
  return view === undefined || reply.kind === '-' ? JSON.stringify(reply) : view(reply, command);
}

const wordOf = (command: Command, index: number): string => command[index]?.toUpperCase() ?? '';

const has = (command: Command, word: string): boolean =>
  command.some((argument, index) => index > 1 && argument.toUpperCase() === word);

/** How many elements, and of which kinds: for replies by chance. */
function shape({ kind, text, items }: ReplyTree): string {
  if (items === null) return `${kind}${text === null ? '(null)' : ''}`;
  return `${kind}[${items.map(shape).join(' ')}]`;
}

/** How many elements. */
const size = ({ kind, text, items }: ReplyTree): string => `${kind}${items?.length ?? text}`;

function pairsWithoutOrder(reply: ReplyTree): string {
  const { kind, items } = reply;
  if (items === null || kind === '%') return withoutOrder(reply);
  const pairs = items
    .filter((_, i) => i % 2 === 0)
    .map((_, i) => JSON.stringify(items.slice(2 * i, 2 * i + 2)));
  return `${kind}[${pairs.sort().join(' ')}]`;
}

function scannedPairs(reply: ReplyTree): string {
  return reply.items === null ? JSON.stringify(reply) : reply.items.map(pairsWithoutOrder).join(' ');
}

/** SORT leaves open how equal texts of `BY` are ordered, and does not sort sets where `BY` names no keys. */
function sorted(reply: ReplyTree, command: Command): string {
  const patterns = command.filter((_, index) => index > 2 && wordOf(command, index - 1) === 'BY');
  const unsorted = patterns.some((pattern) => !pattern.includes('*'));
  const byText = patterns.length > 0 && has(command, 'ALPHA');
  return unsorted || byText ? size(reply) : JSON.stringify(reply);
}

/** Places come by distance only where that is asked for, or needed for the nearest `COUNT`. */
function found(reply: ReplyTree, command: Command): string {
  if (has(command, 'ANY')) return size(reply);
  const ordered = has(command, 'ASC') || has(command, 'DESC') || has(command, 'COUNT');
  return ordered ? JSON.stringify(reply) : withoutOrder(reply);
}

/** Idle times differ by what lies between two servers. */
function pending(reply: ReplyTree, command: Command): string {
  if (command.length === 3) return JSON.stringify(reply);
  return (reply.items ?? [])
    .map(({ items }) => items?.map((item, i) => (i === 2 ? idleStep(item.text) : item.text)).join(' '))
    .join('\n');
}

/** XINFO without the moments at which things happened, which no two servers share. */
function told(reply: ReplyTree): string {
  const { kind, items, text } = reply;
  if (items === null) return kind === ':' && Number(text) > MOMENT ? '(moment)' : `${kind}${text}`;
  if (!isRecord(reply)) return `[${items.map(told).join(' ')}]`;
  const fields = items.flatMap((item, i) => (i % 2 === 0 ? [fieldText(item.text ?? '', items[i + 1]!)] : []));
  return `{${fields.filter((field) => field !== '').join(' ')}}`;
}

function fieldText(name: string, value: ReplyTree): string {
  if (LATER_FIELDS.has(name) || INTERNAL_FIELDS.has(name)) return '';
  return `${name}=${name === 'idle' ? idleStep(value.text) : told(value)}`;
}

/** XINFO's records start with one of a few names; entries of a stream start with an id. */
function isRecord({ kind, items }: ReplyTree): boolean {
  return kind === '%' || /^(name|length|seen-time)$/.test(items?.[0]?.text ?? '');
}

const idleStep = (milliseconds: string | null): string =>
  String(Math.floor(Number(milliseconds) / IDLE_STEP_MS));
