/**
 * A segment is one open-addressed table: a block of u32 words.
 *
 *     word 0      shape: local depth (low 5 bits), which is how many top bits of the hash all its keys share, and
 *                 homes, the slots that a hash can point at; the others are room for what is displaced at the end
 *     word 1      slots
 *     word 2      occupied slots
 *     word 3      0; room for a version that readers in other processes check
 *     then        slots of two words: hash, address (0: empty)
 *
 * A key's home grows with its hash, a displaced key lies behind its home, and keys lie in the order of their hashes:
 * so the whole table is sorted, with gaps. Searching stops at the first greater hash, growing and splitting are one
 * pass, and walking the table is walking in hash order. The last slot is always empty: searches need no bound.
 *
 * The functions take the segment as the words of its chunk and the index of its first word there.
 */
const SEGMENT_SLOTS = 1;
export const SEGMENT_COUNT = 2;
/** Words before the first slot. */
export const SEGMENT_HEADER = 4;
export const MIN_SEGMENT_BYTES = 64;
export const MAX_SEGMENT_BYTES = 16384;

const DEPTH_MASK = 31;
const HOMES_SHIFT = 5;
/** Homes are computed with 16 bits of the hash. */
const MAX_HOMES = 65535;
const MAX_TAIL = 32;

export const depthOf = (words: Uint32Array, at: number): number => words[at]! & DEPTH_MASK;

export const slotsOf = (words: Uint32Array, at: number): number => words[at + SEGMENT_SLOTS]!;

/** Home of a hash in a segment of that shape, counted in words from the segment's begin. */
export const homeIn = (shape: number, hash: number): number =>
  // A shift by the shape is a shift by its low 5 bits, the local depth.
  SEGMENT_HEADER + ((Math.imul((hash << shape) >>> 16, shape >>> HOMES_SHIFT) >>> 16) << 1);

/** Index of the word where the hash's home slot begins. */
export const homeWord = (words: Uint32Array, at: number, hash: number): number =>
  at + homeIn(words[at]!, hash);

/** The first hash with a later home than this one: 2 ** 32 at the very end. */
export const endOfHome = (words: Uint32Array, at: number, hash: number): number => {
  const depth = depthOf(words, at);
  const homes = words[at]! >>> HOMES_SHIFT;
  const home = (homeWord(words, at, hash) - at - SEGMENT_HEADER) >>> 1;
  // In the 16 bits that decide on the home, then in hashes: 2 ** (32 - depth) of them share the segment.
  const steps = Math.ceil(((home + 1) * 2 ** 16) / homes);
  return firstHash(hash, depth) + Math.ceil((steps * 2 ** 16) / 2 ** depth);
};

/** The lowest hash that shares the top `depth` bits, unsigned. */
export const firstHash = (hash: number, depth: number): number =>
  depth === 0 ? 0 : (hash & (-1 << (32 - depth))) >>> 0;

/** Under an eighth of the slots are occupied. */
export const isSparse = (words: Uint32Array, at: number): boolean =>
  words[at + SEGMENT_COUNT]! * 8 < slotsOf(words, at);

/** For a segment that is taken apart from its end: it has no more than that many slots now. */
export const setSlots = (words: Uint32Array, at: number, slots: number): void => {
  words[at + SEGMENT_SLOTS] = slots;
};

/** Writes the header of an empty segment and clears its slots. */
export const clearSegment = (words: Uint32Array, at: number, bytes: number, depth: number): void => {
  const slots = bytes / 8 - SEGMENT_HEADER / 2;
  words.fill(0, at, at + bytes / 4);
  const homes = Math.min(slots - Math.min(1 + (slots >>> 4), MAX_TAIL), MAX_HOMES);
  words[at] = (homes << HOMES_SHIFT) | depth;
  words[at + SEGMENT_SLOTS] = slots;
};

/** The smallest segment in which that many keys find comfortable room. */
export const segmentBytesFor = (count: number): number => {
  let bytes = MIN_SEGMENT_BYTES;
  while (bytes < MAX_SEGMENT_BYTES && count * 16 > bytes) bytes *= 2;
  return bytes;
};

/** @returns false, changing nothing, if the segment must grow first. */
export const insertSlot = (words: Uint32Array, at: number, hash: number, address: number): boolean => {
  const slots = words[at + SEGMENT_SLOTS]!;
  const count = words[at + SEGMENT_COUNT]!;
  if (count >= slots - (slots >>> 3) - (slots >>> 5)) return false;
  const wanted = hash >>> 0;
  let place = homeWord(words, at, hash);
  while (words[place + 1] !== 0 && words[place]! < wanted) place += 2;
  let gap = place;
  while (words[gap + 1] !== 0) gap += 2;
  if (gap === at + SEGMENT_HEADER + (slots - 1) * 2) return false;
  for (; gap > place; gap -= 2) {
    words[gap] = words[gap - 2]!;
    words[gap + 1] = words[gap - 1]!;
  }
  words[place] = wanted;
  words[place + 1] = address;
  words[at + SEGMENT_COUNT] = count + 1;
  return true;
};

/** Empties the slot at word `slot`, moving back the displaced keys behind it: there are no tombstones. */
export const removeSlot = (words: Uint32Array, at: number, slot: number): void => {
  let gap = slot;
  for (let next = gap + 2; words[next + 1] !== 0; next += 2) {
    if (homeWord(words, at, words[next]!) === next) break;
    words[gap] = words[next]!;
    words[gap + 1] = words[next + 1]!;
    gap = next;
  }
  words[gap] = 0;
  words[gap + 1] = 0;
  words[at + SEGMENT_COUNT]!--;
};

/**
 * Appends the keys of one segment whose hashes are in `low..high` (inclusive) to another whose keys all come before.
 * @returns false if they do not fit; the target is then of no use.
 */
export const pour = (
  from: Uint32Array,
  fromAt: number,
  to: Uint32Array,
  toAt: number,
  low: number,
  high: number,
): boolean => {
  const end = fromAt + SEGMENT_HEADER + (slotsOf(from, fromAt) - 1) * 2;
  const last = toAt + SEGMENT_HEADER + (slotsOf(to, toAt) - 1) * 2;
  let free = firstAppendable(to, toAt);
  let count = to[toAt + SEGMENT_COUNT]!;
  for (let slot = homeWord(from, fromAt, low); slot < end; slot += 2) {
    const address = from[slot + 1]!;
    const hash = from[slot]!;
    if (address === 0 || hash < low) continue;
    if (hash > high) break;
    const home = homeWord(to, toAt, hash);
    if (home > free) free = home;
    if (free >= last) return false;
    to[free] = hash;
    to[free + 1] = address;
    free += 2;
    count++;
  }
  to[toAt + SEGMENT_COUNT] = count;
  return true;
};

/** Word index of the slot behind the last occupied one. */
const firstAppendable = (words: Uint32Array, at: number): number => {
  const first = at + SEGMENT_HEADER;
  if (words[at + SEGMENT_COUNT] === 0) return first;
  let slot = first + (slotsOf(words, at) - 1) * 2;
  while (slot > first && words[slot - 1] === 0) slot -= 2;
  return slot;
};
