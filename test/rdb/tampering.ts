import fc from 'fast-check';
import { OLD_FORMS } from './samples.ts';
import { NEW_FORMS } from './written-forms.ts';

const FOOTER_BYTES = 10;

/** A value of every form, as in a payload but without what stands at its end. */
export const VALUES_IN_RDB: readonly Buffer[] = [
  ...Object.values(OLD_FORMS).map(([payload]) => payload),
  ...NEW_FORMS,
].map((payload) => payload.subarray(0, payload.length - FOOTER_BYTES));

type Change = (value: Buffer) => Buffer;

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const change: fc.Arbitrary<Change> = fc.oneof(
  fc
    .tuple(
      place,
      fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, 0x81, 0xc3, 0xf0, 0xf4, 0xfe, 0xff)),
    )
    .map(
      ([at, byte]): Change =>
        (value) => {
          value[Math.floor(at * value.length)] = byte;
          return value;
        },
    ),
  place.map(
    (at): Change =>
      (value) =>
        value.subarray(0, Math.floor(at * value.length)),
  ),
  fc.tuple(place, place).map(
    ([from, to]): Change =>
      (value) => {
        const [start = 0, end = 0] = [from, to]
          .map((at) => Math.floor(at * value.length))
          .sort((a, b) => a - b);
        return Buffer.concat([value.subarray(0, start), value.subarray(end)]);
      },
  ),
  fc.tuple(place, fc.uint8Array({ maxLength: 9 })).map(
    ([at, bytes]): Change =>
      (value) => {
        const start = Math.floor(at * value.length);
        return Buffer.concat([value.subarray(0, start), bytes, value.subarray(start)]);
      },
  ),
);

/** Such values that somebody has tampered with. */
export const tampering: fc.Arbitrary<Buffer> = fc
  .tuple(fc.constantFrom(...VALUES_IN_RDB), fc.array(change, { minLength: 1, maxLength: 4 }))
  .map(([value, changes]) => changes.reduce<Buffer>((bytes, one) => one(bytes), Buffer.from(value)));
