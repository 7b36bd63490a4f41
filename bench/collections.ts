import { HASH } from './collection.ts';
import { Connection } from './connection.ts';
import { memoryFigure } from './info.ts';
import { type Load, runLoad } from './load.ts';
import type { Options } from './options.ts';
import { memoryFreed } from './preparation.ts';
import { residentBytes } from './processes.ts';
import type { Progress } from './progress.ts';
import { loadOf } from './row.ts';
import { Score } from './score.ts';
import { nameOf, type RunningServer, startOurs, startRedis } from './server.ts';
import { stream } from './stream.ts';
import { grouped, Table } from './table.ts';
import type { Work } from './work.ts';

const ELEMENTS = 1_000_000;
const FIELDS_PER_HASH = 10;
const QUICK_SHARE = 0.05;
/** The share of elements that come and go before the first reading. */
const WARM_UP_SHARE = 0.02;
/** Requests that keep a server busy and store one key. */
const SAME_KEY: Load = { ...loadOf('set', 16, 1_000_000), range: undefined };
/** So far two runs of the same server lie apart. */
const TOLERANCE = 1.01;
/** With less, a JavaScript heap that grows or shrinks by some tens of MiB outweighs the elements in RSS. */
const MEANINGFUL_BYTES = 64 * 2 ** 20;
/** Time for a server to give back what it needed for the load alone, in milliseconds. */
const SETTLE_MS = 2000;

/** Bytes: of the whole process, or what one element adds to it. */
interface Footprint {
  /** Resident memory of the process that holds the data. */
  readonly resident: number;
  readonly used: number;
}

/** Bytes per element of a large collection of each type, each alone on a fresh server, ours beside Redis's. */
export async function measureCollections(
  { dist, modes, quick, types, keys }: Options,
  progress: Progress,
): Promise<void> {
  const score = new Score();
  const share = quick ? QUICK_SHARE : 1;
  console.log(
    '\nOne collection of each type, elements of 20 bytes; each of many hashes has ten short fields\n',
  );
  const table = new Table([
    { title: 'of', width: 10, left: true },
    { title: 'server', width: 21, left: true },
    { title: 'elements', width: 9 },
    { title: 'RSS, bytes each' },
    { title: 'target', width: 13 },
    { title: 'used_memory, bytes each' },
    { title: 'target', width: 13 },
  ]);
  const works = types.flatMap((type) => (type === HASH.name ? ['hashes', type] : [type]));
  progress.plan(works.length * (1 + modes.length));
  for (const work of works) {
    const count = Math.ceil((share * (keys ?? ELEMENTS)) / (work === 'hashes' ? FIELDS_PER_HASH : 1));
    const measure = (name: string, start: () => Promise<RunningServer>) =>
      progress.step(`${work}, ${name}`, () => footprintOn(start, work, count));
    const real = await measure('redis-server', startRedis);
    addRow(table, work, count, real);
    for (const mode of modes) {
      const ours = await measure(nameOf(mode), () => startOurs(dist, mode));
      addRow(table, work, count, ours, { score, target: real.each });
    }
  }
  console.log(['', ...score.summary].join('\n'));
}

interface Measured {
  readonly name: string;
  readonly each: Footprint;
}

function addRow(
  table: Table,
  work: Work,
  count: number,
  { name, each }: Measured,
  against?: { readonly score: Score; readonly target: Footprint },
): void {
  const mark = (figure: keyof Footprint): string => {
    if (against === undefined) return '';
    const target = against.target[figure] * TOLERANCE;
    if (figure === 'resident' && target * count < MEANINGFUL_BYTES) return '';
    return against.score.mark(`${work}, ${name}, ${figure}`, each[figure], Number(target.toFixed(2)));
  };
  const [resident, used] = [each.resident.toFixed(1), each.used.toFixed(1)];
  table.row([work, name, grouped(count), resident, mark('resident'), used, mark('used')]);
}

async function footprintOn(
  start: () => Promise<RunningServer>,
  work: Work,
  count: number,
): Promise<Measured> {
  const server = await start();
  try {
    await warmUp(server, work, count * WARM_UP_SHARE);
    const before = await footprintOf(server);
    await stream(server, work, count);
    const after = await footprintOf(server);
    const each = (figure: keyof Footprint) => (after[figure] - before[figure]) / count;
    return { name: server.name, each: { resident: each('resident'), used: each('used') } };
  } finally {
    await server.stop();
  }
}

/** What a process needs to serve requests, whatever they store, it is to have before the first reading. */
async function warmUp(server: RunningServer, work: Work, count: number): Promise<void> {
  await runLoad(server, SAME_KEY);
  await stream(server, work, count);
  const connection = await Connection.open(server.port);
  await connection.command('FLUSHALL');
  connection.close();
  await memoryFreed(server);
}

async function footprintOf(server: RunningServer): Promise<Footprint> {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  return {
    resident: residentBytes(server.keyspace().pid),
    used: await memoryFigure(server.port, 'used_memory'),
  };
}
