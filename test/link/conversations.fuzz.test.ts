import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { fuzzSettings } from '../fuzz/fuzz-settings.ts';
import type { ScriptedSocket } from '../net/scripted-socket.ts';
import { SoloStage } from '../net/solo-stage.ts';
import { KeyspaceStage, settle, WorkerStage } from './link-stage.ts';
import { ScriptedClient, type Step, step } from './script.ts';

/** What happens at one moment: a client sends some requests, cut somewhere; perhaps it stops or starts to read. */
interface Moment {
  readonly client: number;
  readonly steps: readonly Step[];
  readonly cuts: readonly number[];
  readonly reads: boolean;
  /** All that is under way may arrive before the next moment. */
  readonly settles: boolean;
}

const moment: fc.Arbitrary<Moment> = fc.record({
  client: fc.nat(5),
  steps: fc.array(step, { minLength: 1, maxLength: 8 }),
  cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }),
  reads: fc.boolean(),
  settles: fc.boolean(),
});
const moments = fc.array(moment, { minLength: 1, maxLength: 25 });
const pieces = fc.array(fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 100_000 })), {
  minLength: 1,
  maxLength: 6,
});

interface Stage {
  connect(client: number): ScriptedSocket;
  settle(): Promise<void>;
}

/** Plays the moments. @throws where a client hears anything but its own replies, each once and in order. */
async function play(stage: Stage, script: readonly Moment[]): Promise<void> {
  const clients = Array.from({ length: 6 }, (_, i) => ({
    script: new ScriptedClient(`client-${i}`),
    socket: stage.connect(i),
    expected: '',
  }));
  for (const { client, steps, cuts, reads, settles } of script) {
    const { script: own, socket } = clients[client]!;
    const exchanges = steps.map((it) => own.exchange(it));
    const request = exchanges.map((exchange) => exchange.request).join('');
    clients[client]!.expected += exchanges.map((exchange) => exchange.reply).join('');
    if (reads) socket.catchUp();
    else socket.taking = false;
    socket.say(
      request,
      cuts.map((share) => Math.floor(share * request.length)),
    );
    if (settles) await stage.settle();
  }
  for (const { socket } of clients) socket.catchUp();
  await stage.settle();
  for (const { socket, expected } of clients)
    assert.ok(socket.heard === expected, difference(socket.heard, expected));
}

function difference(heard: string, expected: string): string {
  const at = Array.from(expected).findIndex((letter, i) => letter !== heard[i]);
  const from = Math.max(0, at - 40);
  const show = (text: string) => JSON.stringify(text.slice(from, from + 120));
  return `at ${at} of ${expected.length} (${heard.length} heard): ${show(heard)} for ${show(expected)}`;
}

describe('six clients with random pipelines get their own replies, each once and in order', () => {
  test('over two links that are cut anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(moments, pieces, async (script, sizes) => {
        const keyspace = new KeyspaceStage();
        let at = 0;
        const cut = () => sizes[at++ % sizes.length] ?? 1;
        const workers = [new WorkerStage(keyspace, cut), new WorkerStage(keyspace, cut)];
        await settle(...workers);
        await play(
          {
            connect: (client) => workers[client % 2]!.connect(),
            settle: () => settle(...workers),
          },
          script,
        );
        assert.deepEqual(
          workers.map(({ failure }) => failure),
          [undefined, undefined],
        );
        assert.ok(!keyspace.logged.join('').includes('fault of the server'));
      }),
      fuzzSettings(60),
    );
  });

  test('of a solo server', async () => {
    await fc.assert(
      fc.asyncProperty(moments, async (script) => {
        const stage = new SoloStage({ logLevel: 'info' });
        await play(
          {
            connect: () => stage.connect(),
            settle: () => new Promise((resolve) => setImmediate(resolve)),
          },
          script,
        );
        assert.ok(!stage.logged.join('').includes('fault of the server'));
      }),
      fuzzSettings(60),
    );
  });
});
