import { ElementView } from '../memory/listpack.ts';
import type { ReplyWriter } from '../resp/reply-writer.ts';

const CR = 13;
const LF = 10;
const ZERO = 48;
const BULK = 36;
/** Bytes of a reply beside its text, if that has up to 63 bytes. */
const AROUND_SHORT = 7;
const SHORT_TEXT = 0x80;
const SHORT_MASK = 0xc0;

const view = new ElementView();

/**
 * Replies with listpack elements that lie one behind the other, as bulk strings. Short texts, which nearly all are, are
 * copied here in one go: that is what the LRANGE rows of the bench spend their time with.
 * @returns the offset behind the last.
 */
export const replyElements = (
  reply: ReplyWriter,
  bytes: Uint8Array,
  start: number,
  count: number,
): number => {
  let at = start;
  for (let left = count; left > 0; ) {
    const head = bytes[at]!;
    if ((head & SHORT_MASK) !== SHORT_TEXT) {
      at = view.read(bytes, at);
      reply.bulk(view.bytes, view.start, view.length);
      left--;
      continue;
    }
    const length = head & 63;
    reply.reserve(length + AROUND_SHORT);
    const out = reply.bytes;
    let to = reply.length;
    out[to++] = BULK;
    if (length > 9) out[to++] = ZERO + ((length * 205) >>> 11);
    out[to++] = ZERO + (length % 10);
    out[to++] = CR;
    out[to++] = LF;
    for (const end = at + 1 + length; ++at < end; ) out[to++] = bytes[at]!;
    out[to++] = CR;
    out[to++] = LF;
    reply.length = to;
    at++;
    left--;
  }
  return at;
};
