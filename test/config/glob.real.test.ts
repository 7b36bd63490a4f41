import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { globMatch } from '../../src/config/glob.ts';
import { seededRandom } from '../memory/seeded-random.ts';
import { besideRedis } from '../rows/beside-redis.ts';
import { realRedisMissing } from '../rows/real-redis.ts';

const LETTERS = ['a', 'b', 'c', 'B', '-', ']', '[', '^', '\\', '*', '?', '\x00', '\x7f', '\x80', '\xff'];
const WEIGHTED = [...LETTERS, '*', '*', '?', '[', '[', ']', ']', '-', '-', '^', '\\'];
const KEYS = 400;
const GLOBS = 3000;

function randomText(random: () => number, letters: readonly string[], least: number, most: number): Buffer {
  const length = least + Math.floor(random() * (most - least + 1));
  const parts = Array.from({ length }, () => letters[Math.floor(random() * letters.length)]);
  return Buffer.from(parts.join(''), 'latin1');
}

/** The elements of a RESP2 array of bulk strings, in hexadecimal and sorted. */
function elementsOf(reply: string): string[] {
  const found: string[] = [];
  let at = reply.indexOf('\r\n') + 2;
  while (at < reply.length) {
    const end = reply.indexOf('\r\n', at);
    const length = Number(reply.slice(at + 1, end));
    found.push(Buffer.from(reply.slice(end + 2, end + 2 + length), 'latin1').toString('hex'));
    at = end + 2 + length + 2;
  }
  return found.sort();
}

describe('globMatch() beside redis-server', { skip: realRedisMissing() }, () => {
  const redis = besideRedis();

  test('agrees with KEYS on random globs and keys', async () => {
    const random = seededRandom(7);
    const keys = Array.from({ length: KEYS }, () => randomText(random, LETTERS, 1, 6));
    await redis.call('MSET', ...keys.flatMap((key) => [key, '']));
    const distinct = [...new Set(keys.map((key) => key.toString('hex')))].map((hex) =>
      Buffer.from(hex, 'hex'),
    );
    let matched = 0;
    for (let i = 0; i < GLOBS; i++) {
      const glob = randomText(random, WEIGHTED, 1, 8);
      const reply = await redis.call('KEYS', glob);
      const expected = elementsOf(reply);
      const ours = distinct.filter((key) => globMatch(glob, key)).map((key) => key.toString('hex'));
      assert.deepEqual(ours.sort(), expected, JSON.stringify(glob.toString('latin1')));
      matched += expected.length;
    }
    assert.ok(matched > GLOBS);
  });
});
