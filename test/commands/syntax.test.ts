import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createCommandTable } from '../../src/commands/index.ts';
import { parseSyntax, type SyntaxArgument } from '../../src/commands/syntax.ts';

/** An argument on one line: `TOKEN name`, `?` optional, `*` multiple, `**` with its token, parts in brackets. */
function show(argument: SyntaxArgument): string {
  const { name, kind, token, optional, multiple, multipleToken, parts } = argument;
  const marks = `${optional ? '?' : ''}${multiple ? '*' : ''}${multipleToken ? '*' : ''}`;
  const before = token === undefined || kind === 'token' ? '' : `${token} `;
  if (kind === 'value') return `${before}${name}${marks}`;
  if (kind === 'token') return `${token}${marks}`;
  return `${before}${kind}(${parts.map(show).join(', ')})${marks}`;
}

const cases: ReadonlyArray<readonly [syntax: string, shown: string]> = [
  ['', ''],
  ['key', 'key'],
  ['key value', 'key, value'],
  ['key [key ...]', 'key*'],
  ['key value [key value ...]', 'block(key, value)*'],
  ['[section [section ...]]', 'section?*'],
  ['key [event ...]', 'key, event?*'],
  ['[ASYNC | SYNC]', 'oneof(ASYNC, SYNC)?'],
  ['<ON | OFF>', 'oneof(ON, OFF)'],
  ['key [NX | XX] [GET]', 'key, oneof(NX, XX)?, GET?'],
  ['[EX seconds | PX milliseconds | KEEPTTL]', 'oneof(EX seconds, PX milliseconds, KEEPTTL)?'],
  ['cursor [MATCH pattern] [COUNT count]', 'cursor, MATCH pattern?, COUNT count?'],
  ['[LIMIT offset count]', 'LIMIT block(offset, count)?'],
  ['key [start end [BYTE | BIT]]', 'key, block(start, end, oneof(BYTE, BIT)?)?'],
  ['key [GET encoding offset [GET encoding offset ...]]', 'key, GET block(encoding, offset)?**'],
  ['[PREFIX prefix [PREFIX prefix ...]]', 'PREFIX prefix?**'],
  ['[ID client-id [client-id ...]]', 'ID client-id?*'],
  [
    '[FILTERBY <MODULE module-name | ACLCAT category>]',
    'FILTERBY oneof(MODULE module-name, ACLCAT category)?',
  ],
  ['<host port | NO ONE>', 'oneof(block(host, port), block(NO, ONE))'],
  [
    '[protover [AUTH username password] [SETNAME clientname]]',
    'block(protover, AUTH block(username, password)?, SETNAME clientname?)?',
  ],
  [
    '<ip:port | <[ID client-id] | [USER username]> ...>',
    'oneof(ip:port, oneof(ID client-id?, USER username?)*)',
  ],
];

describe('parseSyntax()', () => {
  for (const [syntax, shown] of cases) {
    test(`reads ${syntax || 'nothing'}`, () => {
      assert.equal(parseSyntax(syntax).map(show).join(', '), shown);
    });
  }

  test('names blocks and alternatives by their parts', () => {
    const [blockArgument] = parseSyntax('key value [key value ...]');
    const [choice] = parseSyntax('[NX | XX]');
    assert.equal(blockArgument?.name, 'key_value');
    assert.equal(choice?.name, 'nx_xx');
  });

  for (const syntax of ['[key', '<a | b', 'key]', '[a>', 'a | b]']) {
    test(`refuses ${syntax}`, () => {
      assert.throws(() => parseSyntax(syntax), SyntaxError);
    });
  }

  test('reads the syntax of every command of the table', () => {
    const { commands } = createCommandTable();
    for (const { entry } of commands) {
      if (entry.syntax !== undefined) assert.ok(parseSyntax(entry.syntax).length > 0, entry.syntax);
    }
  });
});
