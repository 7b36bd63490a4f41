import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ProtocolError } from '../../src/errors.ts';
import { InlineSplitter } from '../../src/resp/inline.ts';

function split(line: string): string[] {
  const splitter = new InlineSplitter();
  const count = splitter.split(Buffer.from(`<<${line}>>`, 'latin1'), 2, line.length + 2);
  return Array.from({ length: count }, (_, i) => {
    const start = splitter.starts[i] ?? 0;
    return Buffer.from(splitter.bytes.subarray(start, start + (splitter.lengths[i] ?? 0))).toString('latin1');
  });
}

const lines: Array<[line: string, words: string[]]> = [
  ['', []],
  [' \t\x0b\x0c', []],
  ['PING', ['PING']],
  ['  SET  k\tv ', ['SET', 'k', 'v']],
  ['a\x0bb\x0cc', ['a\x0bb\x0cc']],
  ['a \x0bb', ['a', 'b']],
  ['"a b" c', ['a b', 'c']],
  ["'a b' c", ['a b', 'c']],
  ['"" \'\'', ['', '']],
  ['a"b c"', ['ab c']],
  ["a'b c'", ['ab c']],
  ['"\\n\\r\\t\\b\\a\\\\\\"\\q"', ['\n\r\t\b\x07\\"q']],
  ['"\\x00\\xfF\\x4\\xg"', ['\x00\xffx4xg']],
  ["'\\n\\'\\\\ '", ["\\n'\\\\ "]],
  ['"it\'s" \'"\'', ["it's", '"']],
  ['"a"\x0bb', ['a', 'b']],
  ['\xff\xfe', ['\xff\xfe']],
  ['a\\ b', ['a\\', 'b']],
];

const broken = ['"', "'", '"a', "'a", '"a"b', "'a'b", '"a\\"', "'a\\'", 'a"', '"\\', '""""'];

describe('InlineSplitter.split', () => {
  for (const [line, words] of lines) {
    test(`${JSON.stringify(line)} has the words ${JSON.stringify(words)}`, () => {
      assert.deepEqual(split(line), words);
    });
  }

  for (const line of broken) {
    test(`${JSON.stringify(line)} has unbalanced quotes`, () => {
      assert.throws(() => split(line), new ProtocolError('unbalanced quotes in request'));
    });
  }

  test('is used again for lines of any length', () => {
    const splitter = new InlineSplitter();
    for (const length of [3, 100_000, 0, 5]) {
      const line = Buffer.from(`a ${'b'.repeat(length)}`);
      assert.equal(splitter.split(line, 0, line.length), length > 0 ? 2 : 1);
      assert.deepEqual(splitter.lengths, length > 0 ? [1, length] : [1]);
    }
  });
});
