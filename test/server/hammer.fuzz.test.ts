import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Command } from '../../src/commands/command.ts';
import { createCommandTable } from '../../src/commands/index.ts';
import { fuzzSettings } from '../fuzz/fuzz-settings.ts';
import * as values from '../fuzz/values.ts';
import type { ScriptedSocket } from '../net/scripted-socket.ts';
import { SoloStage } from '../net/solo-stage.ts';
import { hostileStream } from '../resp/hostile-stream.ts';
import { readReply } from '../rows/reply-tree.ts';
import { encodeCommand } from '../rows/wire.ts';

/** Commands after which the number of replies is not that of the requests, or which stop the clock or the process. */
const ODD = new Set([
  'client|reply',
  'client|pause',
  'client|kill',
  'monitor',
  'quit',
  'shutdown',
  'debug|sleep',
]);
/** Settings that turn clients away or make the server slow; the rest is fair game. */
const SPARED = ['maxclients', 'requirepass', 'hz', 'proto-max-bulk-len', 'client-query-buffer-limit'];

const commands = createCommandTable().commands.filter(({ run }) => run !== undefined);
/** Nobody answers a client that waits for a key. */
const calm = commands.filter(({ name, entry }) => !ODD.has(name) && !entry.flags?.includes('blocking'));

/** The words in capitals of a command's syntax: its options. */
const optionsOf = ({ entry }: Command): string[] => entry.syntax?.match(/[A-Z][A-Z-]+/g) ?? [];

const words = [
  ...new Set(commands.flatMap(optionsOf)),
  '',
  '*',
  '0',
  '-1',
  '+inf',
  'NX',
  '\0',
  '#1',
  'u8',
  'i64',
];
const settings = [
  'maxmemory',
  'maxmemory-policy',
  'timeout',
  'slowlog-max-len',
  'databases',
  'port',
  'loglevel',
];
const anything = fc.oneof(
  { weight: 6, arbitrary: values.key },
  { weight: 4, arbitrary: values.value },
  { weight: 4, arbitrary: values.integer },
  { weight: 2, arbitrary: values.offset },
  { weight: 1, arbitrary: values.float },
  { weight: 3, arbitrary: fc.constantFrom(...words) },
  { weight: 1, arbitrary: fc.constantFrom(...settings) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 20 }).map((i) => 'long'.repeat(i * 100)) },
);

/** A command with arguments that may fit: as many as it takes, its own options among them. */
const argvOf = (command: Command): fc.Arbitrary<string[]> => {
  const { arity } = command;
  const name = command.name.split('|');
  const options = optionsOf(command);
  const argument =
    options.length === 0
      ? anything
      : fc.oneof({ weight: 3, arbitrary: anything }, fc.constantFrom(...options));
  const minimum = Math.max(0, Math.abs(arity) - name.length);
  const fitting = { minLength: minimum, maxLength: arity > 0 ? minimum : minimum + 5 };
  return fc
    .oneof(
      { weight: 9, arbitrary: fc.array(argument, fitting) },
      { weight: 1, arbitrary: fc.array(argument, { maxLength: minimum + 6 }) },
    )
    .map((rest) => [...name, ...rest])
    .filter((argv) => !argv.some((word) => SPARED.includes(word.toLowerCase())));
};

const anyOf = (list: readonly Command[]): fc.Arbitrary<string[]> => fc.constantFrom(...list).chain(argvOf);

const wire = (argv: readonly string[]): Buffer =>
  encodeCommand(argv.map((word) => Buffer.from(word, 'latin1')));

/** Number of whole replies. @throws if there is anything else, or a reply that tells of a fault of ours. */
function countReplies(heard: string): number {
  const bytes = Buffer.from(heard, 'latin1');
  let count = 0;
  for (let at = 0; at < bytes.length; count++) {
    const reply = readReply(bytes, at);
    assert.ok(reply, `half a reply: ${JSON.stringify(heard.slice(at, at + 200))}`);
    at = reply.end;
  }
  assert.ok(!heard.includes('-ERR internal error'), 'a fault of the server');
  return count;
}

function noFault(stage: SoloStage): void {
  const faults = stage.logged.filter((line) => line.includes('fault of the server'));
  assert.deepEqual(faults, []);
}

const hello = (client: ScriptedSocket, protocol: 2 | 3) => {
  client.say(wire(['HELLO', String(protocol)]));
  client.hear();
};

const newStage = () => new SoloStage({ logLevel: 'error', enableDebugCommand: 'yes' });

describe('whatever a client sends', () => {
  test('every command is answered by one whole reply and by no internal error', () => {
    fc.assert(
      fc.property(
        fc.array(anyOf(calm), { minLength: 1, maxLength: 30 }),
        fc.constantFrom<2 | 3>(2, 3),
        (script, protocol) => {
          const stage = newStage();
          const [client, waker] = [stage.connect(), stage.connect()];
          hello(client, protocol);
          client.say(wire(['CLIENT', 'ID']));
          const id = client.hear().slice(1, -2);
          for (const argv of script) {
            client.say(wire(argv));
            const heard = client.hear();
            if (heard === '') waker.say(wire(['CLIENT', 'UNBLOCK', id]));
            assert.equal(countReplies(heard + client.hear()), 1, JSON.stringify(argv));
          }
          noFault(stage);
          stage.engine.stop();
        },
      ),
      fuzzSettings(250),
    );
  });

  test('commands of all kinds and bytes that are none: whole replies, and the server goes on', () => {
    const piece = fc.oneof(
      { weight: 6, arbitrary: anyOf(commands).map((argv) => wire(argv).toString('latin1')) },
      { weight: 1, arbitrary: hostileStream },
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(2), piece), { minLength: 1, maxLength: 30 }),
        fc.constantFrom<2 | 3>(2, 3),
        (script, protocol) => {
          const stage = newStage();
          const clients = Array.from({ length: 3 }, () => stage.connect());
          for (const client of clients) hello(client, protocol);
          for (const [i, bytes] of script) {
            if (clients[i]!.writable) clients[i]!.say(bytes);
            else clients[i] = stage.connect();
          }
          for (const client of clients) countReplies(client.heard);
          noFault(stage);
          stage.engine.stop();
          if (stage.engine.instance.pause.until === 0) assert.match(stage.run('PING'), /^\+PONG\r\n$/);
        },
      ),
      fuzzSettings(250),
    );
  });
});
