import type { EngineBench } from './engine-bench.ts';
import type { Progress } from './progress.ts';
import type { Score } from './score.ts';
import { quantile } from './statistics.ts';
import { grouped, Table } from './table.ts';
import { ThreadTime } from './thread-time.ts';

/** The longest that the event loop may stand still, in milliseconds. */
export const STALL_TARGET_MS = 10;

/** Turns of the event loop, in milliseconds: by the clock, and what the thread itself ran. */
export interface Turns {
  readonly wall: number[];
  readonly cpu: number[];
}

const NOTHING = Buffer.alloc(0);

/** The requests of the next turn; a turn of none leaves the time to background work. Undefined: it is over. */
export type NextTurn = () => Buffer | undefined;

/**
 * Runs the requests in an engine, one read's worth per turn of the event loop, its background work between them as in the
 * server, and times the turns. To write the requests is not part of a turn.
 */
export function timeTurns(engine: EngineBench, next: NextTurn): Promise<Turns> {
  const turns: Turns = { wall: [], cpu: [] };
  const thread = new ThreadTime();
  return new Promise((resolve) => {
    const turn = () => {
      const requests = next();
      if (requests === undefined) {
        thread.close();
        return resolve(turns);
      }
      const wall = performance.now();
      const cpu = thread.milliseconds();
      if (requests.length > 0) engine.run(requests);
      setImmediate(() => {
        turns.wall.push(performance.now() - wall);
        turns.cpu.push(thread.milliseconds() - cpu);
        turn();
      });
    };
    turn();
  });
}

/** Runs the requests once, then turns of nothing until `isOver`, but no longer than a minute. */
export function onceThenUntil(requests: Buffer, isOver: () => boolean): NextTurn {
  const deadline = performance.now() + 60_000;
  let begun = false;
  return () => {
    if (begun) return isOver() || performance.now() > deadline ? undefined : NOTHING;
    begun = true;
    return requests;
  };
}

/** The table of turns, row by row. */
export class TurnsTable {
  readonly #table = new Table([
    { title: 'work', width: 23, left: true },
    { title: 'worst ms, CPU', width: 8 },
    { title: 'target', width: 12 },
    { title: 'worst ms', width: 8 },
    { title: 'p99.9 ms', width: 8 },
    { title: 'turns', width: 7 },
    { title: 'took s', width: 6 },
  ]);
  readonly #score: Score;
  readonly #progress: Progress;

  constructor(score: Score, progress: Progress) {
    this.#score = score;
    this.#progress = progress;
  }

  /** Does a work, which is a step, and adds its row. */
  async add(name: string, work: () => Promise<Turns>): Promise<void> {
    const startedAt = performance.now();
    const { wall, cpu } = await this.#progress.step(`${name}, engine`, work);
    const seconds = (performance.now() - startedAt) / 1000;
    const worst = quantile(cpu, 1);
    const mark = this.#score.mark(`engine, ${name}, worst turn in ms of CPU`, worst, STALL_TARGET_MS);
    const figures = [quantile(wall, 1).toFixed(1), quantile(wall, 0.999).toFixed(1), grouped(wall.length)];
    this.#table.row([name, worst.toFixed(1), mark, ...figures, seconds.toFixed(1)]);
  }
}
