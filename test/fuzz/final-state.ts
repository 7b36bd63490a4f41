import { type ReplyTree, readReply } from '../rows/reply-tree.ts';
import type { Command } from './words.ts';

const ALL = '1000000';

/** Encodings in which even the order of elements is a fact. */
const ORDERED_ENCODINGS = new Set(['listpack', 'intset']);

/** What is asked of a key before anything else: the replies tell what to ask next. */
export const firstQuestions = (key: string): Command[] => [
  ['TYPE', key],
  ['OBJECT', 'ENCODING', key],
  ['PEXPIRETIME', key],
];

/** Questions whose answers hold all that a key of this type holds. */
export function contentQuestions(key: string, type: string): Command[] {
  switch (type) {
    case 'string':
      return [['GET', key]];
    case 'list':
      return [
        ['LLEN', key],
        ['LRANGE', key, '0', '-1'],
      ];
    case 'hash':
      return [
        ['HLEN', key],
        ['HGETALL', key],
      ];
    case 'set':
      return [
        ['SCARD', key],
        ['SMEMBERS', key],
      ];
    case 'zset':
      return [
        ['ZCARD', key],
        ['ZRANGE', key, '0', '-1', 'WITHSCORES'],
        ['ZREVRANGE', key, '0', '-1'],
      ];
    case 'stream':
      return [
        ['XLEN', key],
        ['XRANGE', key, '-', '+'],
        ['XINFO', 'STREAM', key],
        ['XINFO', 'GROUPS', key],
      ];
    default:
      throw new Error(`a key of type ${type}`);
  }
}

/** Questions about one group of a stream. */
export const groupQuestions = (key: string, group: string): Command[] => [
  ['XINFO', 'CONSUMERS', key, group],
  ['XPENDING', key, group],
  ['XPENDING', key, group, '-', '+', ALL],
];

/** Whether a value of this encoding lists its elements in the same order on every server. */
export const isOrdered = (encoding: string): boolean => ORDERED_ENCODINGS.has(encoding);

/** The names of the groups in a reply to XINFO GROUPS. */
export function groupNames(reply: string): string[] {
  return itemsOf(reply).map(({ items }) => {
    const at = items?.findIndex(({ text }, index) => index % 2 === 0 && text === 'name') ?? -1;
    return items?.[at + 1]?.text ?? '';
  });
}

/** The elements of a reply. */
export const itemsOf = (reply: string): readonly ReplyTree[] =>
  readReply(Buffer.from(reply, 'latin1'), 0)?.tree.items ?? [];

/** The text of a scalar reply. */
export const textOf = (reply: string): string => readReply(Buffer.from(reply, 'latin1'), 0)?.tree.text ?? '';
