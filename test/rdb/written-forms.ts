import { ListpackElement } from '../../src/memory/listpack-element.ts';
import type { RdbWriter } from '../../src/rdb/rdb-writer.ts';
import { payload } from './old-forms.ts';

const TEXTS = [
  'a',
  '1',
  '-5000',
  'b'.repeat(70),
  '40000',
  '9000000',
  '-3000000000',
  'c'.repeat(5000),
  '',
  '17',
];

/** Writes a listpack of the texts. */
export const writeListpack = (writer: RdbWriter, texts: readonly string[]): void => {
  const element = new ListpackElement();
  const parts = texts.map((text) => {
    const part = Buffer.alloc(element.take(Buffer.from(text, 'latin1'), 0, text.length));
    element.write(part, 0);
    return part;
  });
  const packed = Buffer.concat(parts);
  writer.listpack(packed, 0, packed.length, texts.length);
};

const texts = (writer: RdbWriter, all: readonly string[]): void => {
  for (const text of all) writer.text(Buffer.from(text, 'latin1'), 0, text.length);
};

const intset = (width: number, values: readonly bigint[]): Buffer => {
  const bytes = Buffer.alloc(8 + values.length * width);
  bytes.writeUInt32LE(width, 0);
  bytes.writeUInt32LE(values.length, 4);
  values.forEach((value, i) => {
    const wide = Buffer.alloc(8);
    wide.writeBigInt64LE(value);
    bytes.set(wide.subarray(0, width), 8 + i * width);
  });
  return bytes;
};

/** A set of integers as DUMP gives it, in the order given. */
export const intsetPayload = (width: number, values: readonly bigint[]): Buffer =>
  payload(11, (writer) => {
    const bytes = intset(width, values);
    writer.text(bytes, 0, bytes.length);
  });

/** A hash whose fields expire, as Redis 7.4 gives it: `[field, value, Unix milliseconds or 0]`. */
export const expiringHash = (fields: readonly (readonly [string, string, number])[]): Buffer =>
  payload(
    24,
    (writer) => {
      const earliest = Math.min(...fields.map(([, , at]) => (at === 0 ? Infinity : at)));
      writer.milliseconds(earliest);
      writer.count(fields.length);
      for (const [field, value, at] of fields) {
        writer.count(at === 0 ? 0 : at - earliest + 1);
        texts(writer, [field, value]);
      }
    },
    12,
  );

/** As {@link expiringHash}, while it is small. */
export const expiringListpackHash = (fields: readonly (readonly [string, string, number])[]): Buffer =>
  payload(
    25,
    (writer) => {
      writer.milliseconds(Math.min(...fields.map(([, , at]) => (at === 0 ? Infinity : at))));
      writeListpack(
        writer,
        fields.flatMap((parts) => parts.map(String)),
      );
    },
    12,
  );

/** Id, fields and values, and whether it is deleted. */
export type StreamEntry = readonly [
  ms: bigint,
  sequence: bigint,
  pairs: readonly string[],
  deleted?: boolean,
];

const id = (ms: bigint, sequence: bigint): Buffer => {
  const bytes = Buffer.alloc(16);
  bytes.writeBigUInt64BE(ms, 0);
  bytes.writeBigUInt64BE(sequence, 8);
  return bytes;
};

/** The elements of a node: its master entry has the fields of its first entry. */
const nodeTexts = (entries: readonly StreamEntry[]): string[] => {
  const [[ms, sequence, pairs] = [0n, 0n, []] as const] = entries;
  const fields = pairs.filter((_, i) => i % 2 === 0);
  const deleted = entries.filter((entry) => entry[3] === true).length;
  const all = [entries.length - deleted, deleted, fields.length, ...fields, 0].map(String);
  for (const [entryMs, entrySequence, own, isDeleted] of entries) {
    const same = own.filter((_, i) => i % 2 === 0).join('\0') === fields.join('\0');
    const content = same ? own.filter((_, i) => i % 2 === 1) : [String(own.length / 2), ...own];
    const differences = [entryMs - ms, BigInt.asIntN(64, entrySequence - sequence)].map(String);
    const flags = (same ? 2 : 0) + (isDeleted === true ? 1 : 0);
    all.push(String(flags), ...differences, ...content, String(content.length + 3));
  }
  return all;
};

/** A stream of one node per list, with a group `g` that has two consumers, `a` with the first entry pending. */
export const streamPayload = (type: 15 | 19 | 21, nodes: readonly (readonly StreamEntry[])[]): Buffer =>
  payload(
    type,
    (writer) => {
      const entries = nodes.flat();
      const [first] = entries;
      const last = entries.at(-1);
      writer.count(nodes.length);
      for (const node of nodes) {
        const [ms, sequence] = node[0]!;
        writer.text(id(ms, sequence), 0, 16);
        writeListpack(writer, nodeTexts(node));
      }
      writer.count(entries.filter((entry) => entry[3] !== true).length);
      writer.count64(last?.[0] ?? 7n);
      writer.count64(last?.[1] ?? 1n);
      if (type !== 15) {
        const live = entries.find((entry) => entry[3] !== true);
        for (const part of [live?.[0] ?? 0n, live?.[1] ?? 0n, 0n, 0n, BigInt(entries.length)])
          writer.count64(part);
      }
      writer.count(1);
      texts(writer, ['g']);
      writer.count64(first?.[0] ?? 0n);
      writer.count64(first?.[1] ?? 0n);
      if (type !== 15) writer.count64(first === undefined ? 2n ** 64n - 1n : 1n);
      const pending = first === undefined ? [] : [first];
      writer.count(pending.length);
      for (const [ms, sequence] of pending) {
        writer.raw(id(ms, sequence), 0, 16);
        writer.milliseconds(1_700_000_000_000);
        writer.count(3);
      }
      writer.count(2);
      for (const [name, own] of [
        ['a', pending],
        ['b', []],
      ] as const) {
        texts(writer, [name]);
        writer.milliseconds(1_700_000_000_001);
        if (type === 21) writer.milliseconds(1_700_000_000_002);
        writer.count(own.length);
        for (const [ms, sequence] of own) writer.raw(id(ms, sequence), 0, 16);
      }
    },
    type === 21 ? 11 : 10,
  );

/** Two nodes: same and other fields, a deleted entry, sequence numbers that fall as milliseconds rise. */
export const STREAM: readonly (readonly StreamEntry[])[] = [
  [
    [1n, 5n, ['f', '1', 'g', 'x']],
    [1n, 6n, ['f', '2', 'g', 'y'], true],
    [3n, 0n, ['other', 'z'.repeat(70)]],
    [2n ** 40n, 2n, ['f', '3', 'g', '']],
  ],
  [
    [2n ** 41n, 2n ** 63n, ['f', '1']],
    [2n ** 41n, 2n ** 64n - 1n, ['f', '2']],
    [2n ** 41n + 1n, 0n, ['f', '3']],
  ],
];

const FIELDS = [
  ['a', '1', 1_900_000_000_000],
  ['b', '2', 2_000_000_000_000],
  ['c', 'x'.repeat(100), 0],
] as const;

/** Payloads in every form that Redis 7.0 to 7.4 writes, and the streams of Redis 5. */
export const NEW_FORMS: readonly Buffer[] = [
  payload(0, (writer) => texts(writer, ['text'.repeat(20)])),
  payload(2, (writer) => {
    writer.count(TEXTS.length);
    texts(writer, TEXTS);
  }),
  payload(4, (writer) => {
    writer.count(TEXTS.length / 2);
    texts(writer, TEXTS);
  }),
  payload(5, (writer) => {
    writer.count(TEXTS.length);
    TEXTS.forEach((text, i) => {
      texts(writer, [text]);
      writer.double(i / 8);
    });
  }),
  intsetPayload(2, [-300n, -1n, 0n, 5n]),
  intsetPayload(4, [-70000n, -1n, 0n, 70000n]),
  intsetPayload(8, [-(2n ** 63n), -1n, 0n, 2n ** 63n - 1n]),
  payload(16, (writer) => writeListpack(writer, TEXTS)),
  payload(17, (writer) => writeListpack(writer, ['a', '1', 'b', '2.5', 'c', 'inf', '4', '-7'])),
  payload(18, (writer) => {
    writer.count(3);
    writer.count(2);
    writeListpack(writer, TEXTS);
    writer.count(1);
    texts(writer, ['plain'.repeat(50)]);
    writer.count(2);
    writeListpack(writer, ['1']);
  }),
  payload(20, (writer) => writeListpack(writer, TEXTS)),
  streamPayload(15, STREAM),
  streamPayload(19, STREAM),
  streamPayload(21, STREAM),
  streamPayload(19, []),
  expiringHash(FIELDS),
  expiringListpackHash(FIELDS),
];
