import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { fuzzSettings } from '../fuzz/fuzz-settings.ts';
import { feed } from './feed.ts';
import { cuts, hostileStream, positions } from './hostile-stream.ts';
import { parseSlowly } from './slow-parser.ts';

const limits = fc.record({
  authenticated: fc.boolean(),
  maxBulkLength: fc.constantFrom(20, 2 ** 29),
});

describe('RequestParser.parse: hostile streams', () => {
  for (const feeding of ['filling', 'pieces'] as const) {
    test(`wherever they are cut, it finds what the slow parser finds (${feeding})`, () => {
      fc.assert(
        fc.property(hostileStream, cuts, limits, (stream, shares, bounds) => {
          const found = feed(stream, positions(shares, stream.length), feeding, bounds);
          assert.deepEqual(found, parseSlowly(stream, bounds));
        }),
        fuzzSettings(3000),
      );
    });
  }

  test('in single bytes', () => {
    fc.assert(
      fc.property(hostileStream, (stream) => {
        const short = stream.slice(0, 400);
        const found = feed(
          short,
          Array.from(short, (_, i) => i),
          'pieces',
        );
        assert.deepEqual(found, parseSlowly(short));
      }),
      fuzzSettings(500),
    );
  });
});
