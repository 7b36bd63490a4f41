import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ReplyWriter } from '../../src/resp/reply-writer.ts';
import { fuzzSettings } from '../fuzz/fuzz-settings.ts';
import { readReply } from '../rows/reply-tree.ts';
import { meaning, say, spell } from './meaning.ts';

const protocol = fc.constantFrom<2 | 3>(2, 3);

describe('ReplyWriter: any replies', () => {
  test('are spelled as the protocol has it, one behind the other', () => {
    const reply = new ReplyWriter();
    fc.assert(
      fc.property(fc.array(meaning, { maxLength: 5 }), protocol, (meanings, version) => {
        reply.clear();
        reply.protocol = version;
        for (const it of meanings) say(reply, it);
        const expected = meanings.map((it) => spell(it, version)).join('');
        assert.equal(reply.bytes.toString('latin1', 0, reply.length), expected);
      }),
      fuzzSettings(2000),
    );
  });

  test('are one whole reply each to a reader of RESP', () => {
    fc.assert(
      fc.property(meaning, protocol, (it, version) => {
        const reply = new ReplyWriter();
        reply.protocol = version;
        say(reply, it);
        const bytes = reply.take();
        assert.equal(readReply(bytes, 0)?.end, bytes.length);
      }),
      fuzzSettings(1000),
    );
  });
});
