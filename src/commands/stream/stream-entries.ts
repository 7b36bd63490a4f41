import type { StreamCursor } from '../../keyspace/stream/stream-cursor.ts';
import { ID_TEXT_BYTES, type StreamId } from '../../keyspace/stream/stream-id.ts';
import type { ReplyWriter } from '../../resp/reply-writer.ts';

const text = new Uint8Array(ID_TEXT_BYTES);

/** Replies with an id: a bulk string `ms-sequence`. */
export const replyId = (reply: ReplyWriter, id: StreamId): void => reply.bulk(text, 0, id.writeText(text, 0));

/** Puts an id before everything written behind `mark`. */
export const replyIdBefore = (reply: ReplyWriter, mark: number, id: StreamId): void =>
  reply.bulkBefore(mark, text, 0, id.writeText(text, 0));

/** Replies with the entry at the cursor: its id, then an array of fields and values. */
export const replyEntry = (reply: ReplyWriter, cursor: StreamCursor): void => {
  const { field, value, pairs } = cursor;
  reply.array(2);
  replyId(reply, cursor.id);
  reply.array(pairs * 2);
  for (let left = pairs; left > 0; left--) {
    cursor.nextPair();
    reply.bulk(field.bytes, field.start, field.length);
    reply.bulk(value.bytes, value.start, value.length);
  }
};

/** Replies with the entries from the cursor on, as many as `count`, up to the id `end`: an array. @returns how many. */
export const replyEntriesTo = (
  reply: ReplyWriter,
  cursor: StreamCursor,
  end: StreamId,
  count: number,
): number => {
  const mark = reply.length;
  let shown = 0;
  while (shown < count && cursor.next() && cursor.id.compare(end) <= 0) {
    replyEntry(reply, cursor);
    shown++;
  }
  reply.arrayBefore(mark, shown);
  return shown;
};

/** As {@link replyEntriesTo}, backwards down to the id `start`. */
export const replyEntriesDownTo = (
  reply: ReplyWriter,
  cursor: StreamCursor,
  start: StreamId,
  count: number,
): number => {
  const mark = reply.length;
  let shown = 0;
  while (shown < count && cursor.previous() && cursor.id.compare(start) >= 0) {
    replyEntry(reply, cursor);
    shown++;
  }
  reply.arrayBefore(mark, shown);
  return shown;
};
