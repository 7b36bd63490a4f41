import { check } from './bad-payload.ts';

/** A literal run has up to 32 bytes; a reference repeats 3 to 264 bytes from up to 8192 bytes before. */
const MAX_LITERAL = 32;
const MAX_REPEAT = 264;
const MAX_DISTANCE = 8192;
const LONG_REPEAT = 7;
/** What the shortest reference, of three bytes, can become. */
const MAX_GROWTH = MAX_REPEAT / 3;
const HASH_BITS = 14;

/**
 * Unpacks `bytes[start..start + length)`, which must yield exactly `size` bytes.
 *
 * Source: http://oldhome.schmorp.de/marc/liblzf.html
 * @throws BadPayload if it does not; memory is only taken for what so many bytes can hold.
 */
export const decompress = (bytes: Uint8Array, start: number, length: number, size: number): Uint8Array => {
  check(size > 0 && size <= length * MAX_GROWTH);
  const output = new Uint8Array(size);
  const end = start + length;
  let from = start;
  let to = 0;
  while (from < end) {
    const control = bytes[from++]!;
    if (control < MAX_LITERAL) {
      const run = control + 1;
      check(from + run <= end && to + run <= size);
      output.set(bytes.subarray(from, from + run), to);
      from += run;
      to += run;
      continue;
    }
    let repeat = (control >>> 5) + 2;
    if (control >>> 5 === LONG_REPEAT) {
      check(from < end);
      repeat += bytes[from++]!;
    }
    check(from < end);
    const source = to - (((control & 31) << 8) | bytes[from++]!) - 1;
    check(source >= 0 && to + repeat <= size);
    // Byte by byte: the source may overlap what is written.
    for (let i = 0; i < repeat; i++) output[to + i] = output[source + i]!;
    to += repeat;
  }
  check(to === size);
  return output;
};

/** Place of the bytes that began with the same three, by their hash; from an earlier call, any place. */
const places = new Int32Array(2 ** HASH_BITS);

/**
 * Packs `bytes[start..start + length)` to the begin of `to`, as far as that has room.
 * @returns the bytes written; 0 if there was no room.
 */
export const compress = (bytes: Uint8Array, start: number, length: number, to: Uint8Array): number => {
  const end = start + length;
  let at = start;
  let literal = start;
  let out = 0;
  while (at < end - 2) {
    const hash = hashAt(bytes, at);
    const source = places[hash]!;
    places[hash] = at;
    const isBefore = source >= start && source < at && at - source <= MAX_DISTANCE;
    if (!isBefore || !sameThree(bytes, source, at)) {
      at++;
      continue;
    }
    out = writeLiterals(bytes, literal, at, to, out);
    const repeat = repeatLength(bytes, source, at, end);
    if (out < 0 || out + 3 > to.length) return 0;
    out = writeReference(at - source - 1, repeat - 2, to, out);
    at += repeat;
    literal = at;
  }
  return Math.max(writeLiterals(bytes, literal, end, to, out), 0);
};

const hashAt = (bytes: Uint8Array, at: number): number => {
  const three = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
  return Math.imul(three, 0x9e3779b1) >>> (32 - HASH_BITS);
};

const sameThree = (bytes: Uint8Array, one: number, other: number): boolean =>
  bytes[one] === bytes[other] && bytes[one + 1] === bytes[other + 1] && bytes[one + 2] === bytes[other + 2];

const repeatLength = (bytes: Uint8Array, source: number, at: number, end: number): number => {
  const most = Math.min(end - at, MAX_REPEAT);
  let length = 3;
  while (length < most && bytes[source + length] === bytes[at + length]) length++;
  return length;
};

/** @returns the offset behind, -1 if there was no room. */
const writeLiterals = (
  bytes: Uint8Array,
  from: number,
  until: number,
  to: Uint8Array,
  at: number,
): number => {
  let out = at;
  for (let start = from; start < until && out >= 0; start += MAX_LITERAL) {
    const run = Math.min(until - start, MAX_LITERAL);
    if (out + 1 + run > to.length) return -1;
    to[out] = run - 1;
    to.set(bytes.subarray(start, start + run), out + 1);
    out += 1 + run;
  }
  return out;
};

/** @param extra length of the repetition, less 2 */
const writeReference = (distance: number, extra: number, to: Uint8Array, at: number): number => {
  let out = at;
  if (extra < LONG_REPEAT) to[out++] = (extra << 5) | (distance >>> 8);
  else {
    to[out++] = (LONG_REPEAT << 5) | (distance >>> 8);
    to[out++] = extra - LONG_REPEAT;
  }
  to[out++] = distance & 0xff;
  return out;
};
