import type { ReplyTree } from '../rows/reply-tree.ts';

/**
 * The arguments of COMMAND DOCS as the line that redis-cli shows as a hint: `key [NX|XX] [EX seconds|PX milliseconds]`.
 * The alternatives of one place are sorted: their order says nothing.
 */
export function renderSyntax(args: ReplyTree | undefined): string {
  return (args?.items ?? []).map(render).join(' ');
}

function render(argument: ReplyTree): string {
  const flags = field(argument, 'flags')?.items?.map(({ text }) => text) ?? [];
  const token = field(argument, 'token')?.text;
  const value = renderValue(argument, token ?? undefined);
  const once = [token, value].filter((part) => part !== undefined && part !== '').join(' ');
  const again = flags.includes('multiple_token') ? once : value;
  const all = flags.includes('multiple') ? `${once} [${again} ...]` : once;
  return flags.includes('optional') ? `[${all}]` : all;
}

function renderValue(argument: ReplyTree, token: string | undefined): string {
  const type = field(argument, 'type')?.text;
  const parts = (field(argument, 'arguments')?.items ?? []).map(render);
  if (type === 'pure-token') return '';
  if (type === 'block') return parts.join(' ');
  if (type !== 'oneof') return field(argument, 'name')?.text ?? '';
  const choice = parts.sort().join('|');
  return token === undefined ? choice : `(${choice})`;
}

function field(map: ReplyTree, name: string): ReplyTree | undefined {
  const at = map.items?.findIndex((item, index) => index % 2 === 0 && item.text === name) ?? -1;
  return at < 0 ? undefined : map.items?.[at + 1];
}
