import { readReply, withoutOrder } from './reply-tree.ts';

/** Exact reply bytes, latin1: one character is one byte. */
export type Wire = string;

/** A reply whose bytes depend on the protocol. */
export interface Reply {
  readonly resp2: Wire;
  readonly resp3: Wire;
}

/** A reply that cannot be foretold byte by byte; `because` says what makes it so. */
export interface Like {
  readonly like: RegExp;
  readonly because: string;
}

/** A reply whose elements come in no defined order. */
export interface Unordered {
  readonly unordered: Reply;
}

/** What a row expects of one reply. */
export type Expected = Wire | Reply | Like | Unordered;
type Part = Wire | Reply;

export const ok: Wire = '+OK\r\n';
export const queued: Wire = '+QUEUED\r\n';
/** The missing value: null bulk string in RESP2, null in RESP3. */
export const nil: Reply = { resp2: '$-1\r\n', resp3: '_\r\n' };
/** The missing array: null array in RESP2, null in RESP3. */
export const nilArray: Reply = { resp2: '*-1\r\n', resp3: '_\r\n' };

export function simple(text: string): Wire {
  return `+${text}\r\n`;
}

/** An error line, with its code: `error('ERR syntax error')`. */
export function error(text: string): Wire {
  return `-${text}\r\n`;
}

export function int(value: number | bigint | string): Wire {
  return `:${value}\r\n`;
}

/** A bulk string of latin1 characters, each one byte. */
export function bulk(text: string): Wire {
  return `$${byteLength(text)}\r\n${text}\r\n`;
}

export function array(...items: readonly Part[]): Reply {
  return list('*', items);
}

/** A set: an array in RESP2. */
export function set(...items: readonly Part[]): Reply {
  return { resp2: list('*', items).resp2, resp3: list('~', items).resp3 };
}

/** A map of `[key, value]` pairs: a flat array in RESP2. */
export function map(...entries: readonly (readonly [Part, Part])[]): Reply {
  const flat = entries.flat();
  const { resp2, resp3 } = list('*', flat);
  return { resp2, resp3: resp3.replace(/^\*\d+/, `%${entries.length}`) };
}

/** Members with what belongs to each: an array of pairs in RESP3, all in one array in RESP2. */
export function pairs(...entries: readonly (readonly [Part, Part])[]): Reply {
  return {
    resp2: array(...entries.flat()).resp2,
    resp3: array(...entries.map((entry) => array(...entry))).resp3,
  };
}

/** A floating-point number: a bulk string in RESP2. */
export function double(text: string): Reply {
  return { resp2: bulk(text), resp3: `,${text}\r\n` };
}

/** Text for people to read: a bulk string in RESP2. */
export function verbatim(text: string): Reply {
  return { resp2: bulk(text), resp3: `=${byteLength(text) + 4}\r\ntxt:${text}\r\n` };
}

/** A reply of which only the shape is certain. The pattern must cover the whole reply, in both protocols. */
export function like(pattern: RegExp, because: string): Like {
  return { like: pattern, because };
}

/** A reply whose elements may come in any order, at any depth. */
export function unordered(reply: Part): Unordered {
  return { unordered: both(reply) };
}

/** Whether the bytes received are what the row expects in that protocol. */
export function matches(expected: Expected, received: Wire, protocol: 2 | 3): boolean {
  if (typeof expected !== 'string' && 'like' in expected) return expected.like.test(received);
  if (typeof expected === 'string' || 'resp2' in expected) return wireOf(expected, protocol) === received;
  return sorted(wireOf(expected.unordered, protocol)) === sorted(received);
}

/** The expectation in words, for a failure message. */
export function describeExpected(expected: Expected, protocol: 2 | 3): string {
  if (typeof expected !== 'string' && 'like' in expected) return `${expected.like} (${expected.because})`;
  if (typeof expected === 'string' || 'resp2' in expected) return JSON.stringify(wireOf(expected, protocol));
  return `${JSON.stringify(wireOf(expected.unordered, protocol))} in any order`;
}

function sorted(wire: Wire): string {
  const reply = readReply(Buffer.from(wire, 'latin1'), 0);
  return reply === undefined ? wire : withoutOrder(reply.tree);
}

function list(kind: string, items: readonly Part[]): Reply {
  const head = `${kind}${items.length}\r\n`;
  return {
    resp2: head + items.map((item) => wireOf(item, 2)).join(''),
    resp3: head + items.map((item) => wireOf(item, 3)).join(''),
  };
}

function both(part: Part): Reply {
  return typeof part === 'string' ? { resp2: part, resp3: part } : part;
}

function wireOf(part: Part, protocol: 2 | 3): Wire {
  if (typeof part === 'string') return part;
  return protocol === 2 ? part.resp2 : part.resp3;
}

function byteLength(text: string): number {
  const length = Buffer.byteLength(text, 'latin1');
  if (Buffer.from(text, 'latin1').toString('latin1') !== text) throw new RangeError(`not latin1: ${text}`);
  return length;
}
