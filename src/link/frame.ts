import type { ByteWriter } from '../resp/byte-writer.ts';

/*
 * A frame: 16 bytes of header, then the payload. All numbers are unsigned, 32 bits, little-endian.
 *
 *     0   length of the payload
 *     4   session, as the worker numbers its connections; 0 for the link itself
 *     8   type (8 bits), session flags (8), selected database (8), unused (8)
 *     12  count: requests in a REQUESTS frame, requests answered by a REPLIES frame …
 */
export const HEADER_BYTES = 16;

/** Worker to keyspace. */
export const OPEN = 1;
export const REQUESTS = 2;
export const CLOSE = 3;
export const PROTOCOL_ERROR = 4;
export const REPORT = 5;

/** Keyspace to worker. */
export const REPLIES = 16;
export const PUSH = 17;
export const KILL = 18;
export const LOCAL_COMMANDS = 19;
export const SETTINGS = 20;

/** Session flags. The worker may answer local commands itself. */
export const LOCAL_ALLOWED = 1;
export const AUTHENTICATED = 2;
export const RESP3 = 4;
/** The session has state that a new keyspace would not know (MULTI, WATCH, MONITOR): losing the keyspace ends it. */
export const TIED = 8;
/** The client is there to see what others do (MONITOR) and may be silent for ever. */
export const LISTENING = 16;
/** The client's requests have to wait (BLPOP, CLIENT PAUSE): they need not be answered before the connection may end. */
export const WAITING = 32;

/** Version of this format; both ends must agree. */
export const LINK_VERSION = 3;

/** Begins a frame at the writer's end. @returns where, for {@link sealFrame}. */
export const openFrame = (writer: ByteWriter): number => {
  writer.reserve(HEADER_BYTES);
  const at = writer.length;
  writer.length = at + HEADER_BYTES;
  return at;
};

/** Completes the frame begun at `at`, whose payload is everything written since. */
export const sealFrame = (
  writer: ByteWriter,
  at: number,
  type: number,
  session: number,
  flags = 0,
  database = 0,
  count = 0,
): void => {
  const { bytes } = writer;
  putWord(bytes, at, writer.length - at - HEADER_BYTES);
  putWord(bytes, at + 4, session);
  putWord(bytes, at + 8, type | (flags << 8) | (database << 16));
  putWord(bytes, at + 12, count);
};

/** A whole frame whose payload is text, one character per byte. */
export const textFrame = (
  writer: ByteWriter,
  type: number,
  session: number,
  text: string,
  count = 0,
): void => {
  const at = openFrame(writer);
  writer.latin1(text);
  sealFrame(writer, at, type, session, 0, 0, count);
};

/** A whole frame whose payload is a JSON value. */
export const jsonFrame = (writer: ByteWriter, type: number, value: unknown): void => {
  const at = openFrame(writer);
  const text = Buffer.from(JSON.stringify(value));
  writer.raw(text, 0, text.length);
  sealFrame(writer, at, type, 0);
};

const putWord = (bytes: Uint8Array, at: number, value: number): void => {
  bytes[at] = value;
  bytes[at + 1] = value >>> 8;
  bytes[at + 2] = value >>> 16;
  bytes[at + 3] = value >>> 24;
};
