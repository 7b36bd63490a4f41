import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { idOf, textOf } from './stream-stage.ts';

/** An id as one number. */
const numberOf = (text: string): bigint => {
  const [ms, sequence] = text.split('-').map(BigInt) as [bigint, bigint];
  return (ms << 64n) | sequence;
};

test('ids: text, bytes and arithmetic', () => {
  const id = fc.tuple(
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  );
  fc.assert(
    fc.property(id, id, ([ms, sequence], [otherMs, otherSequence]) => {
      const one = idOf(`${ms}-${sequence}`);
      const other = idOf(`${otherMs}-${otherSequence}`);
      const bytes = new Uint8Array(16);
      one.writeBytes(bytes, 0);
      assert.equal(textOf(idOf('0-0').readBytes(bytes, 0)), `${ms}-${sequence}`);
      const moved = idOf('0-0');
      moved.offsetMs(other, one.msBehind(other));
      moved.offsetSequence(other, one.sequenceBehind(other));
      assert.equal(textOf(moved), `${ms}-${sequence}`);
      const order = numberOf(`${ms}-${sequence}`) - numberOf(`${otherMs}-${otherSequence}`);
      assert.equal(Math.sign(one.compare(other)), order > 0n ? 1 : order < 0n ? -1 : 0);
      if (one.increment()) assert.ok(one.decrement());
      assert.equal(textOf(one), `${ms}-${sequence}`);
    }),
  );
});
