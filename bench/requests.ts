const KEY_DIGITS = 12;
const KEY_PREFIX = 'key:';
const VALUE_BYTES = 32;
const ZERO = 48;

/** Bytes of one key: as redis-benchmark writes them, `key:000000000042`. */
export const KEY_BYTES = KEY_PREFIX.length + KEY_DIGITS;

/** A key's name. */
export const keyOf = (n: number): string => KEY_PREFIX + String(n).padStart(KEY_DIGITS, '0');

/** A command as an array of bulk strings. */
export function encode(...words: readonly string[]): Buffer {
  const bulks = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  return Buffer.from(`*${words.length}\r\n${bulks.join('')}`);
}

/** A pipelined load over consecutive numbers, a batch at a time. */
export interface BatchedLoad {
  /** Keys or elements in one batch. */
  readonly batch: number;
  /** The bytes of a batch for the numbers from `first`; valid until the next call. */
  bytes(first: number): Buffer;
  /** Lines that the server answers to one batch. */
  readonly replyLines: number;
}

/** SET with a value of 32 bytes, so many to a batch. */
export function setLoad(batch: number): BatchedLoad {
  const value = 'v'.repeat(VALUE_BYTES);
  const commands = Array.from({ length: batch }, () => encode('SET', keyOf(0), value));
  return patched(commands, batch);
}

/** DEL of a hundred keys at once, so many commands to a batch. */
export function deleteLoad(commandCount: number): BatchedLoad {
  const keys = Array.from({ length: 100 }, () => keyOf(0));
  const commands = Array.from({ length: commandCount }, () => encode('DEL', ...keys));
  return patched(commands, commandCount * 100);
}

/** A batch whose bytes are made once; only the digits of its keys are written anew. */
function patched(commands: readonly Buffer[], batch: number): BatchedLoad {
  const template = Buffer.concat(commands);
  const places: number[] = [];
  for (let at = template.indexOf(KEY_PREFIX); at >= 0; at = template.indexOf(KEY_PREFIX, at + 1)) {
    places.push(at + KEY_PREFIX.length);
  }
  const bytes = (first: number): Buffer => {
    for (const [i, place] of places.entries()) writeDigits(template, place, first + i);
    return template;
  };
  return { batch, bytes, replyLines: commands.length };
}

function writeDigits(target: Buffer, at: number, value: number): void {
  let rest = value;
  for (let i = at + KEY_DIGITS - 1; i >= at; i--) {
    target[i] = ZERO + (rest % 10);
    rest = Math.floor(rest / 10);
  }
}
