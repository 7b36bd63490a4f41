/** Nesting of `*` at which a pattern is taken not to match: each level is a level of recursion. */
const MAX_STARS = 1000;

const STAR = 0x2a;
const QUESTION = 0x3f;
const OPEN = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE = 0x5d;
const CARET = 0x5e;
const DASH = 0x2d;

// The operands of the running match live here, so that a call allocates nothing.
let pattern: Uint8Array;
let text: Uint8Array;
let patternEnd = 0;
let textEnd = 0;
let ignoreCase = false;
let skipLongerMatches = false;

function fold(byte: number): number {
  return ignoreCase && byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}

/** Redis compares the ends of a range as signed characters. */
function signed(byte: number): number {
  return (byte << 24) >> 24;
}

function inRange(first: number, last: number, byte: number): boolean {
  const swapped = signed(first) > signed(last);
  const low = signed(fold(swapped ? last : first));
  const high = signed(fold(swapped ? first : last));
  const value = signed(fold(byte));
  return value >= low && value <= high;
}

let classMatched = false;

/** Reads the class whose `[` is at `p`; returns the index of its last byte and sets `classMatched`. */
function readClass(p: number, byte: number): number {
  p++;
  const negated = p < patternEnd && pattern[p] === CARET;
  if (negated) p++;
  let found = false;
  for (; ; p++) {
    if (p >= patternEnd) {
      p--;
      break;
    }
    if (pattern[p] === BACKSLASH && patternEnd - p >= 2) {
      p++;
      if (pattern[p] === byte) found = true;
    } else if (pattern[p] === CLOSE) {
      break;
    } else if (patternEnd - p >= 3 && pattern[p + 1] === DASH) {
      if (inRange(pattern[p]!, pattern[p + 2]!, byte)) found = true;
      p += 2;
    } else if (fold(pattern[p]!) === fold(byte)) {
      found = true;
    }
  }
  classMatched = found !== negated;
  return p;
}

function skipStars(p: number): number {
  while (p < patternEnd && pattern[p] === STAR) p++;
  return p;
}

function matchStar(p: number, t: number, stars: number): boolean {
  const next = skipStars(p);
  if (next === patternEnd) return true;
  for (; t < textEnd; t++) {
    if (matchFrom(next, t, stars + 1)) return true;
    if (skipLongerMatches) return false;
  }
  // What follows this star matches nowhere in the rest of the text, so giving an earlier star more
  // of the text cannot help. Without this the time is exponential in the number of stars.
  skipLongerMatches = true;
  return false;
}

function matchFrom(p: number, t: number, stars: number): boolean {
  if (stars > MAX_STARS) return false;
  while (p < patternEnd && t < textEnd) {
    switch (pattern[p]) {
      case STAR:
        return matchStar(p, t, stars);
      case QUESTION:
        break;
      case OPEN:
        p = readClass(p, text[t]!);
        if (!classMatched) return false;
        break;
      case BACKSLASH:
        if (patternEnd - p >= 2) p++;
        if (fold(pattern[p]!) !== fold(text[t]!)) return false;
        break;
      default:
        if (fold(pattern[p]!) !== fold(text[t]!)) return false;
    }
    p++;
    t++;
    if (t === textEnd) p = skipStars(p);
  }
  return p === patternEnd && t === textEnd;
}

/**
 * Whether the `length` bytes of `bytes` at `start` match a glob, exactly as Redis 7.0's stringmatchlen says
 * (which means that no pattern but the empty one matches an empty text). Allocates nothing.
 */
export function globMatch(
  glob: Uint8Array,
  bytes: Uint8Array,
  start = 0,
  length = bytes.length - start,
  nocase = false,
): boolean {
  pattern = glob;
  text = bytes;
  patternEnd = glob.length;
  textEnd = start + length;
  ignoreCase = nocase;
  skipLongerMatches = false;
  return matchFrom(0, start, 0);
}
