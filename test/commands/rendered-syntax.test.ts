import assert from 'node:assert/strict';
import { test } from 'node:test';
import { array, bulk, map, type Reply, set } from '../rows/reply.ts';
import { readReply } from '../rows/reply-tree.ts';
import { renderSyntax } from './rendered-syntax.ts';

/** An argument as COMMAND DOCS describes it. */
function argument(name: string, type: string, more: Record<string, Reply | string> = {}): Reply {
  const fields = Object.entries({ name: bulk(name), type: bulk(type), ...more });
  return map(...fields.map(([key, value]) => [bulk(key), value] as const));
}

const word = (token: string) => argument(token.toLowerCase(), 'pure-token', { token: bulk(token) });
const flags = (...names: string[]) => ({ flags: set(...names.map((name) => `+${name}\r\n`)) });

test('renderSyntax: reads as the line in the manual', () => {
  const conditions = array(word('XX'), word('NX'));
  const expiry = array(argument('seconds', 'integer', { token: bulk('EX') }), word('KEEPTTL'));
  const args = array(
    argument('key', 'key'),
    argument('value', 'string', flags('multiple')),
    argument('condition', 'oneof', { arguments: conditions, ...flags('optional') }),
    argument('expiry', 'oneof', { arguments: expiry, ...flags('optional') }),
    argument('mode', 'oneof', { token: bulk('MODE'), arguments: conditions }),
    argument('pair', 'block', {
      arguments: array(argument('a', 'string'), argument('b', 'string')),
      ...flags('multiple'),
    }),
    argument('prefix', 'string', {
      token: bulk('PREFIX'),
      ...flags('multiple', 'multiple_token', 'optional'),
    }),
  );
  assert.equal(
    renderSyntax(readReply(Buffer.from(args.resp3), 0)?.tree),
    'key value [value ...] [NX|XX] [EX seconds|KEEPTTL] MODE (NX|XX) a b [a b ...] [PREFIX prefix [PREFIX prefix ...]]',
  );
});
