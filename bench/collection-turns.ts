import { BenchError } from './bench-error.ts';
import { type Collection, collectionLoad, collectionsOf } from './collection.ts';
import { EngineBench } from './engine-bench.ts';
import { flush, turnsOfLoad } from './engine-turns.ts';
import type { Options } from './options.ts';
import type { Progress } from './progress.ts';
import { encode } from './requests.ts';
import type { Score } from './score.ts';
import { grouped } from './table.ts';
import { onceThenUntil, type Turns, TurnsTable, timeTurns } from './turns.ts';

const KEY = 'collection';
const WARM_UP_ELEMENTS = 50_000;

/** Ways in which a collection goes. */
const ENDS: Readonly<Record<string, Buffer>> = {
  DEL: encode('DEL', KEY),
  UNLINK: encode('UNLINK', KEY),
  expiry: encode('PEXPIRE', KEY, '1'),
};

/** Steps of measuring the turns of one collection. */
export const COLLECTION_STEPS = 2 + Object.keys(ENDS).length;

/** The turns of an engine in this process while a large collection of each type is built and goes. */
export async function measureCollectionTurns(
  { dist, types }: Options,
  elements: number,
  score: Score,
  progress: Progress,
): Promise<void> {
  const engine = await EngineBench.load(dist);
  engine.housekeeping.start();
  console.log(`\nThe same with one collection of ${grouped(elements)} elements, built by 1,000 at a time:\n`);
  const table = new TurnsTable(score, progress);
  for (const collection of collectionsOf(types)) {
    await measureCollection(engine, collection, elements, { table, progress });
  }
  engine.stop();
}

async function measureCollection(
  engine: EngineBench,
  collection: Collection,
  elements: number,
  { table, progress }: { readonly table: TurnsTable; readonly progress: Progress },
): Promise<void> {
  const build = async (count = elements): Promise<Turns> => {
    const turns = await turnsOfLoad(engine, collectionLoad(collection, KEY), count);
    if (engine.keys !== 1) throw new BenchError(`${collection.add} has not made a ${collection.name}`);
    return turns;
  };
  const prepare = (count?: number) => progress.prepare(`building a ${collection.name}`, () => build(count));
  await prepare(WARM_UP_ELEMENTS);
  await flush(engine);
  await table.add(`${collection.name}: built`, () => build());
  await table.add(`${collection.name}: FLUSHALL`, () => flush(engine));
  for (const [name, request] of Object.entries(ENDS)) {
    await prepare();
    await table.add(`${collection.name}: ${name}`, () => turnsUntilGone(engine, request));
  }
}

function turnsUntilGone(engine: EngineBench, request: Buffer): Promise<Turns> {
  return timeTurns(
    engine,
    onceThenUntil(request, () => engine.keys === 0 && engine.toBeFreed === 0),
  );
}
