import { EngineBench } from './engine-bench.ts';
import type { Progress } from './progress.ts';
import { type BatchedLoad, deleteLoad, encode, setLoad } from './requests.ts';
import type { Score } from './score.ts';
import { grouped } from './table.ts';
import { onceThenUntil, type Turns, TurnsTable, timeTurns } from './turns.ts';

/** Commands of one turn: about what one read of 64 KiB holds. */
const SETS = 800;
const DELETES = 30;
/** V8 compiles what is hot while these are set and flushed. */
const WARM_UP_KEYS = 200_000;

/** Steps of measuring the turns of keys. */
export const KEY_STEPS = 4;

/** The turns of an engine in this process while keys come and go. */
export async function measureTurns(
  dist: string,
  keys: number,
  score: Score,
  progress: Progress,
): Promise<void> {
  const engine = await EngineBench.load(dist);
  engine.housekeeping.start();
  await turnsOfLoad(engine, setLoad(SETS), WARM_UP_KEYS);
  await flush(engine);
  console.log(`\nTurns of the event loop inside the engine, ${grouped(keys)} keys, without sockets:\n`);
  const table = new TurnsTable(score, progress);
  await table.add('SET', () => turnsOfLoad(engine, setLoad(SETS), keys));
  await table.add('FLUSHALL', () => flush(engine));
  await table.add('SET again', () => turnsOfLoad(engine, setLoad(SETS), keys));
  await table.add('DEL, 100 keys at a time', () => turnsOfLoad(engine, deleteLoad(DELETES), keys));
  engine.stop();
}

/** The turns of a whole load, a batch each. */
export function turnsOfLoad(engine: EngineBench, load: BatchedLoad, count: number): Promise<Turns> {
  let first = 0;
  return timeTurns(engine, () => {
    if (first >= count) return undefined;
    const bytes = load.bytes(first);
    first += load.batch;
    return bytes;
  });
}

/** The turns from FLUSHALL until the memory is free. */
export const flush = (engine: EngineBench): Promise<Turns> =>
  timeTurns(
    engine,
    onceThenUntil(encode('FLUSHALL'), () => engine.toBeFreed === 0),
  );
