import { BenchError } from './bench-error.ts';
import { EngineBench } from './engine-bench.ts';
import { FILLING, KINDS, type Kind } from './engine-kinds.ts';
import type { Options } from './options.ts';
import type { Progress } from './progress.ts';
import { spreadOf } from './statistics.ts';
import { Table } from './table.ts';
import { ThreadTime } from './thread-time.ts';

const PIPELINE = 100;
/** Different batches of one kind, so that keys are met in no order a cache could like. */
const BATCHES = 500;
const ROUND_MS = 400;

/** How long the engine takes for a command when a hundred come at once, without sockets. */
export async function measureEngine(
  { dist, rounds, quick, groups }: Options,
  progress: Progress,
): Promise<void> {
  const engine = await EngineBench.load(dist);
  for (const request of FILLING) engine.run(request);
  console.log(
    `${engine.keys} keys, ${PIPELINE} commands at once; CPU of the thread for parsing, running and answering\n`,
  );
  const table = new Table([
    { title: 'command', width: 13, left: true },
    { title: 'ns/op', width: 7 },
    { title: 'min..max', width: 12 },
  ]);
  const kinds = KINDS.filter(({ group }) => groups.includes(group));
  const roundMs = quick ? ROUND_MS / 4 : ROUND_MS;
  progress.plan(kinds.length);
  for (const kind of kinds) {
    table.row(await progress.step(kind.name, () => measureKind(engine, kind, rounds, roundMs)));
  }
  engine.stop();
}

/** @returns the row of the table. */
function measureKind(engine: EngineBench, kind: Kind, rounds: number, roundMs: number): string[] {
  const commands = kind.commands();
  for (const command of commands) {
    const reply = engine.answer(command);
    if (reply.startsWith('-')) throw new BenchError(`${kind.name} is answered ${reply}`);
  }
  const batches = Array.from({ length: BATCHES }, () => batchOf(kind, PIPELINE / commands.length));
  timeBatches(engine, batches, roundMs);
  const rates = Array.from({ length: rounds }, () => timeBatches(engine, batches, roundMs));
  const { median, min, max } = spreadOf(rates);
  return [kind.name, median.toFixed(0), `${min.toFixed(0)}..${max.toFixed(0)}`];
}

const batchOf = ({ commands }: Kind, times: number): Buffer =>
  Buffer.concat(Array.from({ length: times }, commands).flat());

/** Runs all batches again and again for about so many milliseconds. @returns nanoseconds of CPU per command. */
function timeBatches(engine: EngineBench, batches: readonly Buffer[], milliseconds: number): number {
  const thread = new ThreadTime();
  const startedAt = thread.milliseconds();
  let used = 0;
  let commands = 0;
  for (; used < milliseconds; used = thread.milliseconds() - startedAt) {
    for (const batch of batches) engine.run(batch);
    commands += batches.length * PIPELINE;
  }
  thread.close();
  return (used * 1e6) / commands;
}
