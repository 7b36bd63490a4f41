import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { idOf, StreamStage } from './stream-stage.ts';

/** Digits of an id of 16 bytes. */
const DIGITS = 32;

/** An id in its 16 bytes, as digits. */
const digitsOf = (text: string): string => {
  const bytes = Buffer.alloc(DIGITS / 2);
  idOf(text).writeBytes(bytes, 0);
  return bytes.toString('hex');
};

/** Nodes of a radix tree with these keys: a place where keys part, a run of bytes, or a key's end each are one. */
const radixNodes = (keys: readonly string[], depth = 0): number => {
  const [first] = keys;
  if (first === undefined) return 1;
  let shared = depth;
  while (shared < DIGITS && keys.every((key) => key.startsWith(first.slice(0, shared + 2)))) shared += 2;
  let nodes = shared > depth ? 2 : 1;
  if (shared === DIGITS) return nodes;
  for (const byte of new Set(keys.map((key) => key.slice(shared, shared + 2)))) {
    const below = keys.filter((key) => key.startsWith(byte, shared));
    nodes += radixNodes(below, shared + 2);
  }
  return nodes;
};

const ids = fc
  .uniqueArray(fc.tuple(fc.constantFrom(1n, 2n, 255n, 256n, 65536n, 2n ** 40n, 2n ** 63n), fc.nat(70_000)), {
    maxLength: 40,
    selector: String,
  })
  .map((pairs) => pairs.map(([ms, sequence]) => `${ms}-${sequence}`))
  .map((texts) => texts.sort((one, other) => idOf(one).compare(idOf(other))));

test('nodes of the radix tree are told without a tree, whatever comes and goes', () => {
  fc.assert(
    fc.property(ids, fc.array(fc.nat(1000), { maxLength: 40 }), (added, removed) => {
      const stage = new StreamStage();
      stage.limits.streamNodeMaxEntries = 1;
      let left = added.map((text) => ({ text, key: digitsOf(text) }));
      const check = (count: number): void => {
        const { radixNodes: told } = stage.streams.header(stage.entry);
        assert.equal(told, radixNodes(left.slice(0, count).map(({ key }) => key)));
      };
      left.forEach(({ text }, i) => {
        stage.add({ id: text, fields: ['f', 'v'] });
        check(i + 1);
      });
      for (const at of removed) {
        const gone = left[at % Math.max(left.length, 1)];
        if (gone === undefined) break;
        assert.ok(stage.delete(gone.text));
        left = left.filter((one) => one !== gone);
        check(left.length);
      }
    }),
    { numRuns: 100 },
  );
});
