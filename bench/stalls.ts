import { COLLECTION_STEPS, measureCollectionTurns } from './collection-turns.ts';
import { Connection } from './connection.ts';
import { KEY_STEPS, measureTurns } from './engine-turns.ts';
import { LatencyProbe } from './latency-probe.ts';
import type { Options } from './options.ts';
import { memoryFreed } from './preparation.ts';
import type { Progress } from './progress.ts';
import { Score } from './score.ts';
import { type RunningServer, startOurs, startRedis } from './server.ts';
import { stream } from './stream.ts';
import { grouped, Table } from './table.ts';
import { STALL_TARGET_MS } from './turns.ts';
import { keyOfWork } from './work.ts';

const KEYS = 10_000_000;
const QUICK_KEYS = 500_000;
const REST_MS = 2000;
const ELEMENTS = 1_000_000;
const QUICK_ELEMENTS = 100_000;

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

type Phase = readonly [name: string, work: (server: RunningServer) => Promise<unknown>];

/** The longest standstill while millions of keys and elements come and go: inside the engine, then as a client sees it. */
export async function measureStalls(options: Options, progress: Progress): Promise<void> {
  const keys = options.keys ?? (options.quick ? QUICK_KEYS : KEYS);
  const elements = options.quick ? QUICK_ELEMENTS : ELEMENTS;
  const score = new Score();
  const phases = [...keyPhases(keys), ...collectionPhases(elements, options.types)];
  const starts = [startRedis, ...options.modes.map((mode) => () => startOurs(options.dist, mode))];
  progress.plan(KEY_STEPS + options.types.length * COLLECTION_STEPS + starts.length * phases.length);
  await measureTurns(options.dist, keys, score, progress);
  await measureCollectionTurns(options, elements, score, progress);
  console.log(
    `\nAs a client sees it that asks for one key every ms, beside ${grouped(keys)} keys, then a collection of ${grouped(elements)} elements:\n`,
  );
  const table = new Table([
    { title: 'server', width: 21, left: true },
    { title: 'meanwhile', width: 23, left: true },
    { title: 'worst ms', width: 8 },
    { title: 'p99.9 ms', width: 8 },
    { title: 'answers', width: 7 },
    { title: 'probe late by, ms' },
    { title: 'took s', width: 6 },
  ]);
  for (const start of starts) {
    const server = await start();
    try {
      await measureServer(server, phases, table, progress);
    } finally {
      await server.stop();
    }
  }
  console.log(
    ['', ...score.summary, `(the target of ${STALL_TARGET_MS} ms is for the engine's turns)`].join('\n'),
  );
}

const keyPhases = (keys: number): Phase[] => [
  ['nothing', () => pause(REST_MS)],
  ['SET of all keys', (server) => stream(server, 'fill', keys)],
  ['FLUSHALL', (server) => untilFree(server, 'FLUSHALL')],
  ['SET of all keys again', (server) => stream(server, 'fill', keys)],
  ['DEL, 100 keys at a time', (server) => stream(server, 'delete', keys)],
];

const collectionPhases = (elements: number, types: readonly string[]): Phase[] =>
  types.flatMap((name): Phase[] => [
    [`${name}: built`, (server) => stream(server, name, elements)],
    [`${name}: DEL`, (server) => untilFree(server, 'DEL', keyOfWork(name))],
  ]);

async function measureServer(
  server: RunningServer,
  phases: readonly Phase[],
  table: Table,
  progress: Progress,
): Promise<void> {
  const probe = await LatencyProbe.start(server.port);
  try {
    for (const [name, work] of phases) {
      probe.take();
      const startedAt = performance.now();
      await progress.step(`${name}, ${server.name}`, () => work(server));
      const seconds = (performance.now() - startedAt) / 1000;
      await pause(10);
      const { worst, p999, answers, ownDelay } = probe.take();
      const figures = [worst.toFixed(1), p999.toFixed(1), grouped(answers), ownDelay.toFixed(1)];
      table.row([server.name, name, ...figures, seconds.toFixed(1)]);
    }
  } finally {
    await probe.stop();
  }
}

/** A command as a user types it, until the memory is free, too. */
async function untilFree(server: RunningServer, ...words: readonly string[]): Promise<void> {
  const connection = await Connection.open(server.port);
  await connection.command(...words);
  connection.close();
  await memoryFreed(server);
}
