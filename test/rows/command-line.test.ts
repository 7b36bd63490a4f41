import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitCommandLine } from './command-line.ts';

const split = (line: string) => splitCommandLine(line).map((argument) => argument.toString('latin1'));

test('splitCommandLine: blanks separate, however many', () => {
  assert.deepEqual(split('  SET \t k  v '), ['SET', 'k', 'v']);
  assert.deepEqual(split(''), []);
  assert.deepEqual(split('   '), []);
});

test("splitCommandLine: double quotes take escapes, single quotes only \\'", () => {
  assert.deepEqual(split('"a b" "" "\\x00\\xfF\\n\\r\\t\\a\\b\\\\\\"\\q"'), [
    'a b',
    '',
    '\x00\xff\n\r\t\x07\b\\"q',
  ]);
  assert.deepEqual(split("'a b' '' '\\n' 'it\\'s' '\"'"), ['a b', '', '\\n', "it's", '"']);
  assert.deepEqual(split('"\\xg1" a\\x41'), ['xg1', 'a\\x41']);
});

test('splitCommandLine: text is UTF-8, quotes may open in mid-word', () => {
  assert.deepEqual(split('é'), ['\xc3\xa9']);
  assert.deepEqual(split('a"b c"'), ['ab c']);
});

test('splitCommandLine: unbalanced quotes are refused', () => {
  for (const line of ['"a', "'a", '"a"b', "'a'b", '"a\\', '"a\\"']) {
    assert.throws(() => splitCommandLine(line), SyntaxError, line);
  }
});
