import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { fuzzSettings } from '../fuzz/fuzz-settings.ts';
import { WireClient } from '../net/wire-client.ts';
import { ServerProcess, unsupported } from '../process/server-process.ts';
import { type Exchange, ScriptedClient, type Step, step } from './script.ts';

const CLIENTS = 1000;
const MB = 1024 * 1024;

const round = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 12 }),
  /** The requests leave in pieces that end here. */
  cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 2 }),
  /** The next round does not wait for the replies of this one. */
  hasty: fc.boolean(),
});
type Round = typeof round extends fc.Arbitrary<infer T> ? T : never;

const LARGE: readonly Step[] = [{ kind: 'set', size: MB }, { kind: 'get' }, { kind: 'echo', size: 300_000 }];

/** Some clients have large values, too. */
function roundsOf(client: number, all: readonly Round[]): Round[] {
  const rounds = all.slice(client * 4, client * 4 + 4);
  if (client % 100 === 0) rounds.push({ steps: [...LARGE], cuts: [0.3, 0.7], hasty: false });
  return rounds;
}

async function sendInPieces(client: WireClient, request: string, cuts: readonly number[]): Promise<void> {
  const ends = [...cuts.map((share) => Math.floor(share * request.length)), request.length];
  let from = 0;
  for (const end of ends.sort((a, b) => a - b)) {
    if (end > from) client.send(request.slice(from, end));
    from = end;
    if (ends.length > 1) await new Promise((resolve) => setImmediate(resolve));
  }
}

async function expectReplies(client: WireClient, exchanges: readonly Exchange[], who: string): Promise<void> {
  for (const { request, reply } of exchanges) {
    const got = await client.receive(reply.length, 60_000);
    const wanted = Buffer.from(reply, 'latin1');
    if (got.equals(wanted)) continue;
    const show = (bytes: Buffer) => JSON.stringify(bytes.toString('latin1', 0, 100));
    assert.fail(
      `${who}: ${show(got)} instead of ${show(wanted)} to ${JSON.stringify(request.slice(0, 100))}`,
    );
  }
}

/** @returns the number of requests. */
async function converse(port: number, name: string, rounds: readonly Round[]): Promise<number> {
  const client = await WireClient.open(port);
  const script = new ScriptedClient(name);
  const due: Exchange[] = [];
  let count = 0;
  for (const { steps, cuts, hasty } of rounds) {
    const exchanges = steps.map((it) => script.exchange(it));
    count += exchanges.length;
    due.push(...exchanges);
    await sendInPieces(client, exchanges.map(({ request }) => request).join(''), cuts);
    if (!hasty) await expectReplies(client, due.splice(0), name);
  }
  await expectReplies(client, due, name);
  client.close();
  return count;
}

describe('1,000 clients with random pipelines', { skip: unsupported }, () => {
  const { seed } = fuzzSettings(1);
  for (const workers of [0, 2]) {
    test(`get their own replies, each once and in order (workers=${workers}, seed ${seed})`, async (t) => {
      const server = await ServerProcess.start(t, { settings: { workers, 'metrics-port': 'off' } });
      const all = fc.sample(round, { seed, numRuns: CLIENTS * 4 });
      const counts = await Promise.all(
        Array.from({ length: CLIENTS }, (_, i) => converse(server.port, `c${i}`, roundsOf(i, all))),
      );
      assert.equal(counts.length, CLIENTS);
      const probe = await WireClient.open(server.port);
      assert.match(await probe.bulk('INFO errorstats'), /^# Errorstats\r\n(errorstat_ERR:count=\d+\r\n)?$/);
      probe.close();
      assert.equal(server.log.filter(({ level }) => level === 'error').length, 0);
    });
  }
});
