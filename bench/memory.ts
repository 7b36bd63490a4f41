import { memoryFigure } from './info.ts';
import type { Options } from './options.ts';
import { processesOf, residentBytes } from './processes.ts';
import type { Progress } from './progress.ts';
import { Score } from './score.ts';
import { type RunningServer, startOurs, startRedis } from './server.ts';
import { stream } from './stream.ts';
import { grouped, mebibytes, Table } from './table.ts';

const KEYS = 3_000_000;
const QUICK_KEYS = 200_000;
/** With fewer, what a process needs anyhow outweighs the keys. */
const MEANINGFUL_KEYS = 1_000_000;
/** Bytes per key, all in. */
const TARGET = 85;
/** Time for a server to give back what it needed for the load alone, in milliseconds. */
const SETTLE_MS = 2000;

interface Footprint {
  /** Resident memory of the process that holds the data, and of all processes. */
  readonly keyspace: number;
  readonly all: number;
  readonly used: number;
}

/** Bytes per key, ours beside Redis's: what the process grows by, not what a formula says. */
export async function measureMemory(options: Options, progress: Progress): Promise<void> {
  const keys = options.keys ?? (options.quick ? QUICK_KEYS : KEYS);
  const score = new Score();
  console.log(`\n${grouped(keys)} keys of 16 bytes with values of 32 bytes\n`);
  const table = new Table([
    { title: 'server', width: 21, left: true },
    { title: 'RSS, bytes/key' },
    { title: 'target', width: 12 },
    { title: 'used_memory, bytes/key' },
    { title: 'all processes, bytes/key' },
    { title: 'RSS', width: 9 },
    { title: 'fill, keys/s', width: 9 },
  ]);
  const starts = [startRedis, ...options.modes.map((mode) => () => startOurs(options.dist, mode))];
  progress.plan(starts.length);
  for (const [i, start] of starts.entries()) {
    const server = await start();
    try {
      const marks = i > 0 && keys >= MEANINGFUL_KEYS ? score : undefined;
      table.row(await progress.step(server.name, () => measure(server, keys, marks)));
    } finally {
      await server.stop();
    }
  }
  console.log(['', ...score.summary].join('\n'));
}

async function measure(server: RunningServer, keys: number, score: Score | undefined): Promise<string[]> {
  const before = await footprintOf(server);
  const seconds = await stream(server, 'fill', keys);
  const after = await footprintOf(server);
  const perKey = (figure: keyof Footprint) => (after[figure] - before[figure]) / keys;
  return [
    server.name,
    perKey('keyspace').toFixed(1),
    score?.mark(`${server.name}, bytes per key`, perKey('keyspace'), TARGET) ?? '',
    perKey('used').toFixed(1),
    perKey('all').toFixed(1),
    mebibytes(after.keyspace),
    grouped(keys / seconds),
  ];
}

async function footprintOf(server: RunningServer): Promise<Footprint> {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const all = processesOf(server.pid).map(({ pid }) => residentBytes(pid));
  return {
    keyspace: residentBytes(server.keyspace().pid),
    all: all.reduce((sum, bytes) => sum + bytes, 0),
    used: await memoryFigure(server.port, 'used_memory'),
  };
}
