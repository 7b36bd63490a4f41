import { Connection } from './connection.ts';
import { measureTurns, STALL_TARGET_MS } from './engine-turns.ts';
import { memoryFigure } from './info.ts';
import { streamKeys } from './key-stream.ts';
import { LatencyProbe } from './latency-probe.ts';
import type { Options } from './options.ts';
import { Score } from './score.ts';
import { type RunningServer, startOurs, startRedis } from './server.ts';
import { grouped, Table } from './table.ts';

const KEYS = 10_000_000;
const QUICK_KEYS = 500_000;
const REST_MS = 2000;
const FREEING_BOUND_MS = 60_000;

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The longest standstill while millions of keys come and go: inside the engine, then as a client sees it. */
export async function measureStalls(options: Options): Promise<void> {
  const keys = options.keys ?? (options.quick ? QUICK_KEYS : KEYS);
  const score = new Score();
  await measureTurns(options.dist, keys, score);
  console.log(`\nAs a client sees it that asks for one key every ms, beside ${grouped(keys)} keys:\n`);
  const table = new Table([
    { title: 'server', width: 21, left: true },
    { title: 'meanwhile', width: 23, left: true },
    { title: 'worst ms', width: 8 },
    { title: 'p99.9 ms', width: 8 },
    { title: 'answers', width: 7 },
    { title: 'probe late by, ms' },
    { title: 'took s', width: 6 },
  ]);
  const starts = [startRedis, ...options.modes.map((mode) => () => startOurs(options.dist, mode))];
  for (const start of starts) {
    const server = await start();
    try {
      await measureServer(server, keys, table);
    } finally {
      await server.stop();
    }
  }
  console.log(
    ['', ...score.summary, `(the target of ${STALL_TARGET_MS} ms is for the engine's turns)`].join('\n'),
  );
}

async function measureServer(server: RunningServer, keys: number, table: Table): Promise<void> {
  const probe = await LatencyProbe.start(server.port);
  const phases: ReadonlyArray<readonly [name: string, work: () => Promise<unknown>]> = [
    ['nothing', () => pause(REST_MS)],
    ['SET of all keys', () => streamKeys(server, 'fill', keys)],
    ['FLUSHALL', () => flush(server)],
    ['SET of all keys again', () => streamKeys(server, 'fill', keys)],
    ['DEL, 100 keys at a time', () => streamKeys(server, 'delete', keys)],
  ];
  try {
    for (const [name, work] of phases) {
      probe.take();
      const startedAt = performance.now();
      await work();
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

/** FLUSHALL as a user types it, until the memory is free, too. */
async function flush(server: RunningServer): Promise<void> {
  const connection = await Connection.open(server.port);
  await connection.line('FLUSHALL');
  connection.close();
  const deadline = performance.now() + FREEING_BOUND_MS;
  while (performance.now() < deadline) {
    await pause(100);
    if (!((await memoryFigure(server.port, 'lazyfree_pending_objects')) > 0)) return;
  }
}
