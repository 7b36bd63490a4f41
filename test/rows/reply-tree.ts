/** One reply as parsed: `kind` is the wire's first byte; `text` of scalars; `items` of aggregates; null for nulls. */
export interface ReplyTree {
  readonly kind: string;
  readonly text: string | null;
  readonly items: readonly ReplyTree[] | null;
}

const LINE_KINDS = '+-:,#_(';
const BLOB_KINDS = '$=!';
const LIST_KINDS = '*~>';
const PAIR_KINDS = '%|';

/**
 * Reads one whole RESP2 or RESP3 reply that starts at byte `start`.
 *
 * @returns the tree and the offset after it, or undefined while bytes are missing.
 * @throws {SyntaxError} when the bytes are no RESP reply.
 */
export function readReply(bytes: Buffer, start: number): { tree: ReplyTree; end: number } | undefined {
  const lineEnd = bytes.indexOf('\r\n', start, 'latin1');
  if (lineEnd < 0) return undefined;
  const kind = String.fromCharCode(bytes[start] ?? 0);
  const text = bytes.toString('latin1', start + 1, lineEnd);
  const end = lineEnd + 2;
  if (LINE_KINDS.includes(kind)) return { tree: { kind, text, items: null }, end };
  if (BLOB_KINDS.includes(kind)) return readBlob(bytes, kind, Number(text), end);
  if (LIST_KINDS.includes(kind)) return readItems(bytes, kind, Number(text), end);
  if (PAIR_KINDS.includes(kind)) return readItems(bytes, kind, Number(text) * 2, end);
  throw new SyntaxError(`not a RESP reply: ${JSON.stringify(bytes.toString('latin1', start, start + 64))}`);
}

function readBlob(bytes: Buffer, kind: string, length: number, start: number) {
  if (length < 0) return { tree: { kind, text: null, items: null }, end: start };
  const end = start + length + 2;
  if (bytes.length < end) return undefined;
  return { tree: { kind, text: bytes.toString('latin1', start, end - 2), items: null }, end };
}

function readItems(bytes: Buffer, kind: string, count: number, start: number) {
  if (count < 0) return { tree: { kind, text: null, items: null }, end: start };
  const items: ReplyTree[] = [];
  let end = start;
  for (let index = 0; index < count; index++) {
    const item = readReply(bytes, end);
    if (item === undefined) return undefined;
    items.push(item.tree);
    end = item.end;
  }
  return { tree: { kind, text: null, items }, end };
}

/** The reply in a form in which the order of elements, at every depth, does not count; map pairs stay together. */
export function withoutOrder(tree: ReplyTree): string {
  if (tree.items === null) return `${tree.kind}${tree.text === null ? '(null)' : JSON.stringify(tree.text)}`;
  const items = tree.items.map(withoutOrder);
  const units = PAIR_KINDS.includes(tree.kind) ? pairs(items) : items;
  return `${tree.kind}[${units.sort().join(' ')}]`;
}

function pairs(items: readonly string[]): string[] {
  return items.filter((_, index) => index % 2 === 0).map((key, index) => `${key}=>${items[index * 2 + 1]}`);
}
