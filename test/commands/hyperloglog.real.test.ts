import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { fuzzSettings } from '../fuzz/fuzz-settings.ts';
import { realRedisMissing } from '../rows/real-redis.ts';
import { type Command, ServerPair, send } from '../rows/server-pair.ts';

const missing = realRedisMissing();
const skip = { skip: missing ?? false };
const CORRUPT = '-INVALIDOBJ Corrupted HLL object detected\r\n';

let servers: ServerPair;
before(async () => {
  if (missing === undefined) servers = await ServerPair.start();
});
after(() => servers?.stop());

const both = (...command: Command): Promise<string> => servers.both(...command);

/** Starts again from an empty keyspace with sparse registers of at most so many bytes. */
const begin = async (sparseMaxBytes: number): Promise<void> => {
  await both('FLUSHALL');
  await both('CONFIG', 'SET', 'hll-sparse-max-bytes', String(sparseMaxBytes));
};

/** The value of a bulk string reply. */
const contentOf = (reply: string): string => reply.slice(reply.indexOf('\r\n') + 2, -2);

const elements = (prefix: string, from: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${prefix}${from + i}`);

test(
  'PFADD leaves the bytes of redis-server, from the first element until long after dense',
  skip,
  async () => {
    for (const limit of [0, 18, 40, 300, 3000]) {
      await begin(limit);
      for (let added = 0, count = 1; added < 40_000; added += count, count = Math.ceil(count * 1.3)) {
        await both('PFADD', 'k', ...elements('e', added, count));
        await both('GET', 'k');
        if (count % 3 === 0) await both('PFCOUNT', 'k');
        await both('PFDEBUG', 'ENCODING', 'k');
      }
      assert.equal(await both('PFDEBUG', 'ENCODING', 'k'), '+dense\r\n');
      await both('PFDEBUG', 'GETREG', 'k');
    }
  },
);

test('PFADD hashes elements of every length as redis-server does', skip, async () => {
  await begin(3000);
  for (let length = 0; length < 70; length++) {
    const element = Array.from({ length }, (_, i) =>
      String.fromCharCode((i * 37 + length * 101) & 0xff),
    ).join('');
    await both('DEL', 'k');
    await both('PFADD', 'k', element, `${element}\xff\x80`);
    await both('GET', 'k');
  }
});

test('random PFADD, PFMERGE and PFCOUNT leave the bytes of redis-server', skip, async () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd');
  const added = fc
    .tuple(key, fc.nat(3000), fc.integer({ min: 0, max: 400 }))
    .map(([k, from, count]) => ['PFADD', k, ...elements('e', from, count)]);
  const command = fc.oneof(
    { weight: 4, arbitrary: added },
    {
      weight: 2,
      arbitrary: fc.array(key, { minLength: 1, maxLength: 4 }).map((keys) => ['PFMERGE', ...keys]),
    },
    {
      weight: 2,
      arbitrary: fc.array(key, { minLength: 1, maxLength: 4 }).map((keys) => ['PFCOUNT', ...keys]),
    },
    { weight: 1, arbitrary: key.map((k) => ['PFDEBUG', 'TODENSE', k]) },
    { weight: 1, arbitrary: key.map((k) => ['DEL', k]) },
  );
  const property = fc.asyncProperty(
    fc.constantFrom(0, 60, 700, 3000),
    fc.array(command, { minLength: 1, maxLength: 12 }),
    async (limit, commands) => {
      await begin(limit);
      for (const argv of commands) {
        await both(...argv);
        for (const k of ['a', 'b', 'c', 'd']) await both('GET', k);
      }
    },
  );
  await fc.assert(property, { ...fuzzSettings(60), includeErrorInReport: true });
});

test('values move both ways: either server goes on with what the other has made', skip, async () => {
  const { ours, real } = servers;
  await begin(3000);
  for (const count of [0, 1, 5, 200, 1200, 30_000]) {
    const first = elements('x', 0, count);
    await send(real, ['PFADD', 'from-real', ...first]);
    await send(ours, ['PFADD', 'from-ours', ...first]);
    const made = contentOf(await send(real, ['GET', 'from-real']));
    assert.equal(contentOf(await send(ours, ['GET', 'from-ours'])), made);
    await send(ours, ['SET', 'moved', made]);
    await send(real, ['SET', 'moved', contentOf(await send(ours, ['GET', 'from-ours']))]);
    await both('PFCOUNT', 'moved');
    await both('PFADD', 'moved', ...elements('y', 0, 50));
    await both('GET', 'moved');
    await both('PFMERGE', 'merged', 'moved');
    await both('GET', 'merged');
    await both('PFCOUNT', 'moved', 'merged');
  }
});

/** A run of sparse registers, mostly as Redis would write it. */
const opcode = fc.oneof(
  fc.integer({ min: 0, max: 63 }).map((byte) => String.fromCharCode(byte)),
  fc.tuple(fc.integer({ min: 64, max: 127 }), fc.nat(255)).map((bytes) => String.fromCharCode(...bytes)),
  fc.integer({ min: 128, max: 255 }).map((byte) => String.fromCharCode(byte)),
);
const lengthOf = (code: string): number => {
  const byte = code.charCodeAt(0);
  if (byte >= 128) return (byte & 3) + 1;
  return code.length === 1 ? byte + 1 : ((byte & 63) << 8) + code.charCodeAt(1) + 1;
};
const zeros = (length: number): string =>
  length === 0 ? '' : String.fromCharCode(64 | ((length - 1) >> 8), (length - 1) & 0xff);

/** Runs of exactly as many registers as there are, with some left out, or nothing but nonsense. */
const runs = fc.array(opcode, { maxLength: 60 }).map((codes) => {
  let total = 0;
  const kept = codes.filter((code) => {
    if (total + lengthOf(code) > 16_384) return false;
    total += lengthOf(code);
    return true;
  });
  return kept.join('') + zeros(16_384 - total);
});
const registers = fc.oneof(
  { weight: 4, arbitrary: runs },
  { weight: 1, arbitrary: runs.map((text) => text.slice(0, -1)) },
  { weight: 1, arbitrary: fc.tuple(runs, opcode).map((parts) => parts.join('')) },
  { weight: 2, arbitrary: fc.array(opcode, { maxLength: 30 }).map((codes) => codes.join('')) },
);
const magic = fc.oneof(
  { weight: 12, arbitrary: fc.constant('HYLL') },
  { weight: 1, arbitrary: fc.constantFrom('HYLM', 'hyll', 'HYL', '', 'HLLL\0') },
);
const encoding = fc.constantFrom('\x01', '\x01', '\x01', '\x01', '\x01', '\x01', '\0', '\x02', '\xff');
const cardinality = fc.oneof(
  { weight: 3, arbitrary: fc.constant('\0\0\0\0\0\0\0\x80') },
  {
    weight: 1,
    arbitrary: fc.uint8Array({ minLength: 8, maxLength: 8 }).map((b) => String.fromCharCode(...b)),
  },
);
const sparse = fc
  .tuple(magic, encoding, fc.constantFrom('\0\0\0', 'abc'), cardinality, registers)
  .map((parts) => parts.join(''));
const dense = fc
  .tuple(
    cardinality,
    fc.array(fc.nat(255), { minLength: 1, maxLength: 40 }),
    fc.constantFrom(0, 0, 0, -1, 1, -12_288),
  )
  .map(([card, pattern, more]) => {
    const text = String.fromCharCode(...pattern).repeat(Math.ceil(12_300 / pattern.length));
    return `HYLL\0\0\0\0${card}${text.slice(0, 12_288 + more)}`;
  });
const hostile = fc.oneof({ weight: 5, arbitrary: sparse }, { weight: 1, arbitrary: dense });

/** True if the last opcode lacks its second byte. */
const isCutOff = (value: string): boolean => {
  let at = 16;
  while (at < value.length) at += (value.charCodeAt(at) & 0xc0) === 0x40 ? 2 : 1;
  return at > value.length;
};

test(
  'hostile strings are answered as redis-server answers them, and changed as it changes them',
  skip,
  async () => {
    const property = fc.asyncProperty(
      hostile,
      fc.array(fc.nat(5000).map(String), { minLength: 1, maxLength: 6 }),
      fc.constantFrom(0, 30, 3000),
      async (value, added, limit) => {
        await begin(limit);
        await both('SET', 'k', value);
        await both('PFDEBUG', 'ENCODING', 'k');
        await both('PFCOUNT', 'k');
        await both('PFCOUNT', 'k', 'none');
        await both('PFMERGE', 'merged', 'k', 'none');
        await both('GET', 'merged');
        if (value[4] === '\x01') await both('PFDEBUG', 'DECODE', 'k');
        await both('COPY', 'k', 'dense');
        await both('PFDEBUG', 'TODENSE', 'dense');
        await both('GET', 'dense');
        // Once redis-server has split an opcode that is cut off, it reads on behind the string.
        await both('PFADD', 'k', ...(isCutOff(value) ? added.slice(0, 1) : added));
        await both('GET', 'k');
      },
    );
    await fc.assert(property, { ...fuzzSettings(400), includeErrorInReport: true });
  },
);

test('registers that are too many or too few are refused, whatever the command', skip, async () => {
  await begin(3000);
  const header = 'HYLL\x01\0\0\0\0\0\0\0\0\0\0\x80';
  const bodies = ['', '\0', '\x7f', '\x7f\xfe', '\x7f\xff\0', '\x7f\xff\x80', '\x80', '\x7f\xff\x7f\xff'];
  for (const body of bodies) {
    await both('SET', 'k', header + body);
    assert.equal(await both('PFCOUNT', 'k'), CORRUPT);
    assert.equal(await both('PFCOUNT', 'k', 'other'), CORRUPT);
    assert.equal(await both('PFMERGE', 'other', 'k'), CORRUPT);
    assert.equal(await both('PFDEBUG', 'TODENSE', 'k'), CORRUPT);
    assert.equal(await both('PFDEBUG', 'GETREG', 'k'), CORRUPT);
    assert.equal(await both('GET', 'k'), await both('GET', 'k'));
  }
});
