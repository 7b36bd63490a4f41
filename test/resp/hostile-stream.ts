import fc from 'fast-check';

/** Streams of requests as latin1 text, one character per byte: whole, broken, cut and random ones. */

const INTEGERS = ['0', '1', '2', '3', '-1', '-0', '01', '', 'x', '1x', '4 ', '1048577', '536870913'];
const EDGES = ['9223372036854775807', '9223372036854775808', '-9223372036854775809', '18446744073709551617'];
const SHARDS = ['*', '$', '\r', '\n', '\r\n', '\0', ' ', '"', "'", '\\', '\x0b', '\x0c', '\t'];

const bytes = (maxLength: number): fc.Arbitrary<string> =>
  fc.uint8Array({ maxLength }).map((array) => Buffer.from(array).toString('latin1'));

const argument = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('', 'a', 'PING', '\r\n', '$1\r\na\r\n', '*1\r\n') },
  { weight: 2, arbitrary: bytes(40) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 3000 }).map((length) => 'x'.repeat(length)) },
);

/** An array of bulk strings, as it should be. */
export const wholeRequest: fc.Arbitrary<string> = fc
  .array(argument, { maxLength: 12 })
  .map((argv) => `*${argv.length}\r\n${argv.map((text) => `$${text.length}\r\n${text}\r\n`).join('')}`);

const number = fc.oneof(fc.constantFrom(...INTEGERS), fc.constantFrom(...EDGES), fc.nat(20).map(String));
const end = fc.constantFrom('\r\n', '\r\n', '\r\n', '\r', '\n', '\rx', '');

const oddHeader = fc.tuple(fc.constantFrom('*', '$', '*1\r\n$'), number, end).map((parts) => parts.join(''));

const quoted = fc.oneof(
  bytes(6).map((text) => `"${text}"`),
  bytes(6).map((text) => `'${text}'`),
  fc.constantFrom('"\\x41\\n\\q"', '"\\x4"', "'it\\'s'", '"open', "'open", '"a"b', 'a"b"', '""', "''", '"\\'),
);

/** A line that may be a request. */
export const line: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(fc.oneof(fc.constantFrom('PING', 'ECHO', ' ', '\t', '\x0b'), quoted), { maxLength: 5 }),
    fc.constantFrom('\r\n', '\n', '\r\n', ''),
  )
  .map(([words, ending]) => words.join(' ') + ending);

const fragment = fc.oneof(
  { weight: 8, arbitrary: wholeRequest },
  { weight: 5, arbitrary: line },
  { weight: 2, arbitrary: oddHeader },
  { weight: 1, arbitrary: fc.constantFrom(...SHARDS) },
  { weight: 1, arbitrary: bytes(30) },
);

interface Damage {
  readonly at: number;
  readonly drop: number;
  readonly insert: string;
}

const damage: fc.Arbitrary<Damage> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  drop: fc.nat(3),
  insert: fc.oneof(fc.constantFrom('', ...SHARDS), bytes(2)),
});

const inflict = (stream: string, { at, drop, insert }: Damage): string => {
  const position = Math.floor(at * stream.length);
  return stream.slice(0, position) + insert + stream.slice(position + drop);
};

/** What a broken or hostile client may send. */
export const hostileStream: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(fragment, { maxLength: 8 }),
    fc.array(damage, { maxLength: 2 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.boolean(),
  )
  .map(([fragments, damages, cut, whole]) => {
    const stream = damages.reduce(inflict, fragments.join(''));
    return whole ? stream : stream.slice(0, Math.ceil(cut * stream.length));
  });

/** Where a stream is cut, as shares of its length. */
export const cuts: fc.Arbitrary<readonly number[]> = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
  maxLength: 12,
});

/** Positions in a stream of that length. */
export const positions = (shares: readonly number[], length: number): number[] =>
  shares.map((share) => Math.floor(share * length));
