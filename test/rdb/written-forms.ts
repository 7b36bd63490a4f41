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

const FIELDS = [
  ['a', '1', 1_900_000_000_000],
  ['b', '2', 2_000_000_000_000],
  ['c', 'x'.repeat(100), 0],
] as const;

/** Payloads in every form that Redis 7.0 to 7.4 writes, streams aside. */
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
  expiringHash(FIELDS),
  expiringListpackHash(FIELDS),
];
