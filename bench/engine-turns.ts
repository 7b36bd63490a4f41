import { EngineBench } from './engine-bench.ts';
import { deleteLoad, encode, type KeyLoad, setLoad } from './requests.ts';
import type { Score } from './score.ts';
import { quantile } from './statistics.ts';
import { grouped, Table } from './table.ts';
import { ThreadTime } from './thread-time.ts';

/** The longest that the event loop may stand still, in milliseconds. */
export const STALL_TARGET_MS = 10;

/** Commands of one turn: about what one read of 64 KiB holds. */
const SETS = 800;
const DELETES = 30;
/** V8 compiles what is hot while these are set and flushed. */
const WARM_UP_KEYS = 200_000;
const FREEING_BOUND_MS = 60_000;

/** Turns of the event loop, in milliseconds: by the clock, and what the thread itself ran. */
class Turns {
  readonly wall: number[] = [];
  readonly cpu: number[] = [];
}

/**
 * Runs the engine in this process, one read's worth of commands per turn of the event loop, its background work between
 * them as in the server, and times the turns.
 */
export async function measureTurns(dist: string, keys: number, score: Score): Promise<void> {
  const engine = await EngineBench.load(dist);
  engine.housekeeping.start();
  await runLoad(engine, setLoad(SETS), WARM_UP_KEYS);
  await flush(engine);
  console.log(`\nTurns of the event loop inside the engine, ${grouped(keys)} keys, without sockets:\n`);
  const table = new Table([
    { title: 'work', width: 23, left: true },
    { title: 'worst ms, CPU', width: 8 },
    { title: 'target', width: 12 },
    { title: 'worst ms', width: 8 },
    { title: 'p99.9 ms', width: 8 },
    { title: 'turns', width: 7 },
    { title: 'took s', width: 6 },
  ]);
  const fill = () => runLoad(engine, setLoad(SETS), keys);
  const phases: ReadonlyArray<readonly [name: string, work: () => Promise<Turns>]> = [
    ['SET', fill],
    ['FLUSHALL', () => flush(engine)],
    ['SET again', fill],
    ['DEL, 100 keys at a time', () => runLoad(engine, deleteLoad(DELETES), keys)],
  ];
  for (const [name, work] of phases) {
    const startedAt = performance.now();
    const { wall, cpu } = await work();
    const worst = quantile(cpu, 1);
    const mark = score.mark(`engine, ${name}, worst turn in ms of CPU`, worst, STALL_TARGET_MS);
    const figures = [quantile(wall, 1).toFixed(1), quantile(wall, 0.999).toFixed(1), grouped(wall.length)];
    const seconds = (performance.now() - startedAt) / 1000;
    table.row([name, worst.toFixed(1), mark, ...figures, seconds.toFixed(1)]);
  }
  engine.stop();
}

function runLoad(engine: EngineBench, load: KeyLoad, keys: number): Promise<Turns> {
  let first = 0;
  return timeTurns(() => {
    engine.run(load.bytes(first));
    first += load.batch;
    return first < keys;
  });
}

function flush(engine: EngineBench): Promise<Turns> {
  const deadline = performance.now() + FREEING_BOUND_MS;
  let flushed = false;
  return timeTurns(() => {
    if (!flushed) engine.run(encode('FLUSHALL'));
    flushed = true;
    return engine.toBeFreed > 0 && performance.now() < deadline;
  });
}

/** Does a step per turn of the event loop until it says that there are no more. */
function timeTurns(step: () => boolean): Promise<Turns> {
  const turns = new Turns();
  const thread = new ThreadTime();
  return new Promise((resolve) => {
    let wall = performance.now();
    let cpu = thread.milliseconds();
    const turn = () => {
      const more = step();
      setImmediate(() => {
        const wallNow = performance.now();
        const cpuNow = thread.milliseconds();
        turns.wall.push(wallNow - wall);
        turns.cpu.push(cpuNow - cpu);
        [wall, cpu] = [wallNow, cpuNow];
        if (more) return turn();
        thread.close();
        resolve(turns);
      });
    };
    turn();
  });
}
