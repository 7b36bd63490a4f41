import { RdbWriter } from '../../src/rdb/rdb-writer.ts';

/** An entry of a ziplist without the length of the one before: an integer in Redis's shortest form, or a text. */
const ziplistContent = (content: string): Buffer => {
  const value = /^(0|-?[1-9]\d{0,18})$/.test(content) ? BigInt(content) : undefined;
  if (value === undefined) {
    const length = content.length;
    const head =
      length < 64
        ? [length]
        : length < 16384
          ? [0x40 | (length >> 8), length & 0xff]
          : [0x80, length >>> 24, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff];
    return Buffer.concat([Buffer.from(head), Buffer.from(content, 'latin1')]);
  }
  if (value >= 0n && value <= 12n) return Buffer.from([0xf1 + Number(value)]);
  for (const [head, bits] of [
    [0xfe, 8],
    [0xc0, 16],
    [0xf0, 24],
    [0xd0, 32],
    [0xe0, 64],
  ] as const) {
    if (BigInt.asIntN(bits, value) !== value) continue;
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(value);
    return Buffer.concat([Buffer.from([head]), bytes.subarray(0, bits / 8)]);
  }
  throw new RangeError(content);
};

/** A ziplist, as Redis before 7.0 kept and dumped small collections. */
export const ziplist = (contents: readonly string[]): Buffer => {
  const parts: Buffer[] = [];
  let previous = 0;
  let last = 10;
  let end = 10;
  for (const content of contents) {
    const length = Buffer.alloc(5, 254);
    length.writeUInt32LE(previous, 1);
    const entry = Buffer.concat([previous < 254 ? Buffer.from([previous]) : length, ziplistContent(content)]);
    parts.push(entry);
    previous = entry.length;
    last = end;
    end += entry.length;
  }
  const header = Buffer.alloc(10);
  header.writeUInt32LE(end + 1, 0);
  header.writeUInt32LE(last, 4);
  header.writeUInt16LE(contents.length, 8);
  return Buffer.concat([header, ...parts, Buffer.from([0xff])]);
};

/** A zipmap, as Redis before 2.6 kept small hashes: fields and values in turn; behind each value one byte is unused. */
export const zipmap = (contents: readonly string[]): Buffer => {
  const parts = contents.map((content, i) => {
    const long = Buffer.alloc(5, 254);
    long.writeUInt32LE(content.length, 1);
    const length = content.length < 254 ? Buffer.from([content.length]) : long;
    const text = Buffer.from(content, 'latin1');
    return i % 2 === 0
      ? Buffer.concat([length, text])
      : Buffer.concat([length, Buffer.from([1]), text, Buffer.from([0])]);
  });
  return Buffer.concat([Buffer.from([contents.length / 2]), ...parts, Buffer.from([0xff])]);
};

/** A payload as DUMP gives it. */
export const payload = (type: number, fill: (writer: RdbWriter) => void, version = 10): Buffer => {
  const writer = new RdbWriter();
  writer.byte(type);
  fill(writer);
  writer.seal(0, version);
  return writer.take();
};
