import type { ReplyTree } from './reply-tree.ts';
import { readReply } from './reply-tree.ts';

/** A latin1 text as a TypeScript string literal. */
export function quote(text: string): string {
  return quoted(text, [...text].map(escapeCharacter).join(''));
}

/** A command line as a TypeScript string literal; letters beyond ASCII stay as they are. */
export function quoteLine(line: string): string {
  const body = [...line].map((character) => (character > '\xa0' ? character : escapeCharacter(character)));
  return quoted(line, body.join(''));
}

function quoted(text: string, body: string): string {
  return text.includes("'") && !text.includes('"') ? `"${body}"` : `'${body.replaceAll("'", "\\'")}'`;
}

function escapeCharacter(character: string): string {
  if (character === '\\') return '\\\\';
  if (character === '\r') return '\\r';
  if (character === '\n') return '\\n';
  if (character >= ' ' && character <= '~') return character;
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

/** The builders that yield these two replies, as source; null when no one expression yields both. */
export function sourceOfBoth(resp2: string, resp3: string): string | null {
  return unify(tree(resp2), tree(resp3));
}

/** One reply as source, for a protocol whose reply the other's builder does not give. */
export function sourceOfOne(wire: string): string {
  return unify(tree(wire), tree(wire)) ?? quote(wire);
}

function tree(wire: string): ReplyTree {
  const reply = readReply(Buffer.from(wire, 'latin1'), 0);
  if (reply === undefined) throw new Error(`not a whole reply: ${JSON.stringify(wire)}`);
  return reply.tree;
}

function unify(two: ReplyTree, three: ReplyTree): string | null {
  if (two.items !== null && three.items !== null)
    return unifyItems(two.kind, two.items, three.kind, three.items);
  if (three.kind === '_') {
    if (two.text !== null || two.items !== null) return two.kind === '_' ? "'_\\r\\n'" : null;
    return two.kind === '$' ? 'nil' : 'nilArray';
  }
  if (two.kind === three.kind) return two.text === three.text ? scalar(two.kind, two.text) : null;
  if (two.kind !== '$') return null;
  if (three.kind === ',' && two.text === three.text) return `double(${quote(two.text ?? '')})`;
  if (three.kind === '=' && `txt:${two.text}` === three.text) return `verbatim(${quote(two.text ?? '')})`;
  return null;
}

function scalar(kind: string, text: string | null): string | null {
  if (text === null) return kind === '$' ? "'$-1\\r\\n'" : "'*-1\\r\\n'";
  if (kind === '$') return `bulk(${quote(text)})`;
  if (kind === ':') return Number.isSafeInteger(Number(text)) ? `int(${text})` : `int(${quote(text)})`;
  if (kind === '-') return `error(${quote(text)})`;
  if (kind !== '+') return null;
  if (text === 'OK') return 'ok';
  return text === 'QUEUED' ? 'queued' : `simple(${quote(text)})`;
}

function unifyItems(
  kind2: string,
  two: readonly ReplyTree[],
  kind3: string,
  three: readonly ReplyTree[],
): string | null {
  if (kind2 !== '*') return null;
  if (two.length > 0 && two.length === three.length * 2) return unifyPairs(two, three);
  if (two.length !== three.length) return null;
  const items = two.map((item, index) => unify(item, three[index]!));
  if (items.includes(null)) return null;
  if (kind3 === '*') return `array(${items.join(', ')})`;
  if (kind3 === '~') return `set(${items.join(', ')})`;
  if (kind3 !== '%') return null;
  const entries = items
    .filter((_, index) => index % 2 === 0)
    .map((key, index) => `[${key}, ${items[2 * index + 1]}]`);
  return `map(${entries.join(', ')})`;
}

function unifyPairs(two: readonly ReplyTree[], three: readonly ReplyTree[]): string | null {
  const flat = three.flatMap(({ kind, items }) => (kind === '*' && items !== null ? items : []));
  const items = flat.length === two.length ? two.map((item, index) => unify(item, flat[index]!)) : [null];
  if (items.includes(null)) return null;
  const entries = three.map((_, index) => `[${items[2 * index]}, ${items[2 * index + 1]}]`);
  return `pairs(${entries.join(', ')})`;
}
