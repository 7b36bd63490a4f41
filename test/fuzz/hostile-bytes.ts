import fc from 'fast-check';
import { encodeCommand, WireConnection } from '../rows/wire.ts';
import { commandNames } from './command-names.ts';
import type { Ports } from './differential.ts';

const COMMANDS = [
  ['PING'],
  ['ECHO', 'hi'],
  ['SETRANGE', 'k', '0', 'v\r\n\xff'],
  ['GETRANGE', 'k', '0', '-1'],
  ['INCR', 'n'],
  ['NOSUCH', 'a b'],
  ['STRLEN'],
];
const INLINE_WORDS = [
  'PING',
  'ECHO "a b"',
  "ECHO 'it\\'s'",
  'SETRANGE k 0 "\\x00\\n"',
  'GETRANGE k 0 -1',
  '',
  '   ',
];
const INLINE_QUOTES = ['ECHO "open', "ECHO 'x'y", '"'];
const HEADS = ['*', '$', '*0\r\n', '*-1\r\n', '*1\r\n', '$-1\r\n', '*99999999999999\r\n', '$536870913\r\n'];
const SHARDS = [
  '\r',
  '\n',
  '\r\n',
  '*2\r\n$4\r\nECHO\r\n',
  '$0\r\n\r\n',
  '$4\r\nPING\r\n',
  '+OK\r\n',
  ':1\r\n',
  '*1\r\n$4 \r\n',
];

const fragment: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(...COMMANDS).map((argv) => encodeCommand(argv).toString('latin1')),
  },
  { weight: 3, arbitrary: fc.constantFrom(...INLINE_WORDS, ...INLINE_QUOTES).map((line) => `${line}\r\n`) },
  { weight: 2, arbitrary: fc.constantFrom(...HEADS, ...SHARDS) },
  {
    weight: 1,
    arbitrary: fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  },
);

interface Damage {
  readonly kind: 'drop' | 'insert' | 'replace' | 'cut';
  /** Where, as a share of the whole. */
  readonly at: number;
  readonly byte: number;
}

const damage: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom<Damage['kind']>('drop', 'insert', 'replace', 'cut'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  byte: fc.oneof(
    fc.constantFrom(...[...'*$\r\n0123-"\' '].map((c) => c.charCodeAt(0))),
    fc.integer({ min: 0, max: 255 }),
  ),
});

/** Requests as a broken or hostile client sends them: whole and broken commands, then a few bytes damaged. */
const hostileBytes: fc.Arbitrary<string> = fc
  .tuple(fc.array(fragment, { minLength: 1, maxLength: 8 }), fc.array(damage, { maxLength: 3 }))
  .map(([fragments, damages]) => withoutKnownDifferences(damages.reduce(inflict, fragments.join(''))));

/**
 * At a zero byte Redis gives up looking for the line's end and waits for more, as C strings go; and it takes up to
 * 2^31 arguments where we stop at 2^20.
 */
function withoutKnownDifferences(bytes: string): string {
  return bytes.replaceAll('\x00', '0').replaceAll(/\*\d{7,10}(?=\r)/g, '*99999999999');
}

function inflict(bytes: string, { kind, at, byte }: Damage): string {
  const position = Math.floor(at * bytes.length);
  if (kind === 'cut') return bytes.slice(0, position);
  const inserted = kind === 'drop' ? '' : String.fromCharCode(byte);
  return bytes.slice(0, position) + inserted + bytes.slice(kind === 'insert' ? position : position + 1);
}

/**
 * Sends random and damaged requests to both servers, each sequence on a connection of its own that is then half closed,
 * and compares all that comes back until the end.
 *
 * @throws with the shortest request found that the servers answer differently.
 */
export async function sendHostileBytes(
  ports: Ports,
  { seed, numRuns }: { seed: number; numRuns: number },
): Promise<void> {
  const foreign = await commandNames(ports.real);
  for (const name of await commandNames(ports.ours)) foreign.delete(name);
  const property = fc.asyncProperty(hostileBytes, async (request) => {
    const ours = await answerTo(ports.ours, request);
    const real = await answerTo(ports.real, request);
    // Damage may spell a command that we do not have yet.
    const unknown = [...ours.matchAll(/unknown command '([^']*)'/g)].map(([, name = '']) =>
      name.toLowerCase(),
    );
    if (ours === real || unknown.some((name) => foreign.has(name))) return;
    throw new Error(
      `${JSON.stringify(request)}\n  ours: ${JSON.stringify(ours)}\n  real: ${JSON.stringify(real)}`,
    );
  });
  await fc.assert(property, { seed, numRuns, includeErrorInReport: true });
}

async function answerTo(port: number, request: string): Promise<string> {
  const connection = await WireConnection.open(port);
  await connection.call('FLUSHALL');
  connection.send(Buffer.from(request, 'latin1'));
  connection.endSending();
  const answer = await connection.ended();
  connection.close();
  return answer;
}
