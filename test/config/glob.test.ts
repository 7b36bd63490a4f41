import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { globMatch } from '../../src/config/glob.ts';

function bytes(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

function matches(glob: string, text: string, nocase = false): boolean {
  return globMatch(bytes(glob), bytes(text), 0, text.length, nocase);
}

const rows: Array<[glob: string, text: string, expected: boolean]> = [
  ['a', 'a', true],
  ['a', 'b', false],
  ['a', 'ab', false],
  ['ab', 'a', false],
  ['', '', true],
  ['', 'a', false],
  ['*', 'anything', true],
  ['*', '', false],
  ['a*', 'a', true],
  ['a**', 'a', true],
  ['*a', 'ba', true],
  ['*a', 'ab', false],
  ['a*c*e', 'abcde', true],
  ['a*c*e', 'abcdf', false],
  ['?', 'a', true],
  ['?', '', false],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['[abc]', 'b', true],
  ['[abc]', 'd', false],
  ['[^abc]', 'd', true],
  ['[^abc]', 'b', false],
  ['[a-c]', 'b', true],
  ['[c-a]', 'b', true],
  ['[a-c]', 'd', false],
  ['[^a-c]x', 'dx', true],
  ['[^a-c]x', 'bx', false],
  ['[a\\]b]', ']', true],
  ['[\\a-c]', 'b', false],
  ['[a-]', '-', false],
  ['[a-]', '^', true],
  ['[a', 'a', true],
  ['[a', 'b', false],
  ['[^', 'a', true],
  ['[', '[', false],
  ['[]', 'a', false],
  ['[]a]', 'a', false],
  ['h[^e]llo', 'hallo', true],
  ['h[^e]llo', 'hello', false],
  ['\\*', '*', true],
  ['\\*', 'a', false],
  ['\\', '\\', true],
  ['a\\', 'a\\', true],
  ['\\\\', '\\', true],
  ['A', 'a', false],
  ['\xff*', '\xff\x00', true],
];

describe('globMatch()', () => {
  for (const [glob, text, expected] of rows) {
    test(`${JSON.stringify(glob)} ${expected ? 'matches' : 'does not match'} ${JSON.stringify(text)}`, () => {
      assert.equal(matches(glob, text), expected);
    });
  }

  test('ignores the case of ASCII letters when asked to', () => {
    assert.equal(matches('hEl[L-M]*', 'HELlo', true), true);
    assert.equal(matches('hEl[L-M]*', 'HELlo', false), false);
    assert.equal(matches('\xc0', '\xe0', true), false);
  });

  test('looks only at the bytes from start to start + length', () => {
    assert.equal(globMatch(bytes('b?'), bytes('abcd'), 1, 2), true);
    assert.equal(globMatch(bytes('b?'), bytes('abcd'), 1, 3), false);
    assert.equal(globMatch(bytes('b?'), bytes('bcd').subarray(0, 2)), true);
  });

  test('does not take exponential time for many stars', () => {
    const glob = bytes(`${'a*'.repeat(30)}b`);
    const text = bytes('a'.repeat(10_000));
    const started = process.cpuUsage().user;
    assert.equal(globMatch(glob, text), false);
    assert.ok(process.cpuUsage().user - started < 2_000_000);
  });

  test('gives up instead of overflowing the stack', () => {
    assert.equal(matches('*?'.repeat(100_000), 'a'.repeat(200_000)), false);
    assert.equal(matches('*?'.repeat(900), 'a'.repeat(1000)), true);
  });
});
