import { type Collection, collectionLoad, collectionsOf, elementOf, fill, SET } from './collection.ts';
import { Connection } from './connection.ts';
import type { Load } from './load.ts';
import { FEW, OPERATIONS, type Operation } from './operations.ts';
import type { Options } from './options.ts';
import type { Progress } from './progress.ts';
import { loadOf } from './row.ts';
import { takeSample } from './sample.ts';
import { Score } from './score.ts';
import { nameOf, type RunningServer, startOurs, startRedis } from './server.ts';
import { median } from './statistics.ts';
import { grouped, Table } from './table.ts';

const SMALL = 1000;
const LARGE = 1_000_000;
const QUICK_LARGE = 50_000;
const PIPELINE = 16;
/** Requests of a first run, which tells how many take long enough to be measured; V8 has not compiled them all yet. */
const FIRST_REQUESTS = 2000;
const MOST_REQUESTS = 100_000;
const RUN_MICROSECONDS = 200_000;
/** How much more than Redis's our cost may grow from the small to the large collection: chance, and caches. */
const GROWTH_TOLERANCE = 1.5;
/** Growth that says nothing: a collection that fits into a cache is read faster than one that does not. */
const INNOCENT_GROWTH = 2;

/** What an operation costs on a large collection as against a small one, ours beside Redis's. */
export async function measureComplexity(options: Options, progress: Progress): Promise<void> {
  const score = new Score();
  progress.plan(options.modes.length * operationsOf(options).length);
  const redis = await startRedis();
  try {
    const large = options.quick ? QUICK_LARGE : LARGE;
    await progress.prepare('filling redis-server', () => fillAll(redis, large, options.types));
    for (const mode of options.modes) {
      const ours = await startOurs(options.dist, mode);
      try {
        await progress.prepare(`filling ${ours.name}`, () => fillAll(ours, large, options.types));
        console.log(`\n### ${nameOf(mode)}: CPU per operation in µs, ${PIPELINE} in a pipeline\n`);
        await compareAll({ ours, redis, large, options, score, progress });
      } finally {
        await ours.stop();
      }
    }
  } finally {
    await redis.stop();
  }
  console.log(['', ...score.summary].join('\n'));
}

interface Comparison {
  readonly ours: RunningServer;
  readonly redis: RunningServer;
  /** Elements of the large collections. */
  readonly large: number;
  readonly options: Options;
  readonly score: Score;
  readonly progress: Progress;
}

const operationsOf = ({ types }: Options): Operation[] =>
  OPERATIONS.filter(({ collection }) => types.includes(collection.name));

async function compareAll({ ours, redis, large, options, score, progress }: Comparison): Promise<void> {
  const { rounds } = options;
  const table = new Table([
    { title: 'operation', width: 22, left: true },
    { title: `of ${grouped(SMALL)}`, width: 9 },
    { title: `of ${grouped(large)}`, width: 12 },
    { title: 'growth', width: 6 },
    { title: `redis, of ${grouped(SMALL)}`, width: 9 },
    { title: `redis, of ${grouped(large)}`, width: 12 },
    { title: 'growth', width: 6 },
    { title: 'target', width: 12 },
  ]);
  const operations = operationsOf(options);
  // What all commands have in common is compiled before the first is measured.
  for (const operation of operations.slice(0, 1)) {
    await progress.prepare('warming up', () => costOf(operation, ours, SMALL, rounds));
  }
  for (const operation of operations) {
    const [our, their] = await progress.step(`${operation.name}, ${ours.name}`, async () => [
      await costsOf(operation, ours, large, rounds),
      await costsOf(operation, redis, large, rounds),
    ]);
    const target = Math.max(INNOCENT_GROWTH, their.growth * GROWTH_TOLERANCE);
    const mark = score.mark(`${operation.name}, growth`, our.growth, Number(target.toFixed(2)));
    const figures = [our, their].flatMap(({ small, large: big, growth }) => [small, big, growth]);
    table.row([operation.name, ...figures.map((figure) => figure.toFixed(2)), mark]);
  }
}

/** µs of CPU per operation. */
interface Costs {
  readonly small: number;
  readonly large: number;
  readonly growth: number;
}

async function costsOf(
  operation: Operation,
  server: RunningServer,
  large: number,
  rounds: number,
): Promise<Costs> {
  const [small, big] = [
    await costOf(operation, server, SMALL, rounds),
    await costOf(operation, server, large, rounds),
  ];
  return { small, large: big, growth: big / small };
}

async function costOf(
  { words, collection }: Operation,
  server: RunningServer,
  size: number,
  rounds: number,
): Promise<number> {
  const load = (requests: number): Load => ({
    ...loadOf(words(keyOf(collection, size), size), PIPELINE, requests),
    range: size,
  });
  const cost = async (requests: number) => (await takeSample(load(requests), server)).cpu.total;
  const warmUp = requestsFor(await cost(FIRST_REQUESTS));
  const requests = requestsFor(await cost(warmUp));
  const costs: number[] = [];
  for (let round = 0; round < rounds; round++) costs.push(await cost(requests));
  return median(costs);
}

/** How many requests of so many µs make a run. */
const requestsFor = (cost: number): number =>
  Math.min(MOST_REQUESTS, Math.max(FIRST_REQUESTS, Math.round(RUN_MICROSECONDS / cost)));

const keyOf = ({ name }: Collection, size: number): string => `${name}:${size}`;

/** A small and a large collection of each type, and a set of a few. */
async function fillAll(server: RunningServer, large: number, types: readonly string[]): Promise<void> {
  const connection = await Connection.open(server.port);
  try {
    const few = Array.from({ length: FEW.members }, (_, n) => elementOf(n));
    if (types.includes(SET.name)) await connection.command(SET.add, FEW.key, ...few);
    for (const collection of collectionsOf(types)) {
      for (const size of [SMALL, large]) {
        await fill(connection, collectionLoad(collection, keyOf(collection, size)), size);
      }
    }
  } finally {
    connection.close();
  }
}
