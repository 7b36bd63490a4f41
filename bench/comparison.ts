import { ComparisonTable } from './comparison-table.ts';
import { duel } from './duel.ts';
import { runLoad } from './load.ts';
import type { Options } from './options.ts';
import type { Progress } from './progress.ts';
import { chosenRows, FILLING } from './rows.ts';
import { Score } from './score.ts';
import { type Mode, nameOf, type RunningServer, startOurs, startRedis } from './server.ts';

const LEGEND = `
µs/op: CPU time (user and system) of all processes of the server per request; ratio: ours to Redis's, median of pairs of
runs; what workers and keyspace leave of µs/op is the supervisor's; feeds: how many workers one keyspace could keep busy (workers' µs/op divided by the keyspace's).`;

/** Our server, in each mode asked for, against redis-server under redis-benchmark. */
export async function compare(options: Options, progress: Progress): Promise<void> {
  progress.plan(options.modes.length * chosenRows(options).length);
  const score = new Score();
  const redis = await startRedis();
  try {
    await progress.prepare('filling redis-server', () => runLoad(redis, FILLING));
    for (const mode of options.modes) await compareMode(mode, redis, options, { score, progress });
  } finally {
    await redis.stop();
  }
  console.log([LEGEND, ...score.summary].join('\n'));
}

async function compareMode(
  mode: Mode,
  redis: RunningServer,
  options: Options,
  { score, progress }: { readonly score: Score; readonly progress: Progress },
): Promise<void> {
  const ours = await startOurs(options.dist, mode);
  try {
    await progress.prepare(`filling ${ours.name}`, () => runLoad(ours, FILLING));
    console.log(`\n### ${nameOf(mode)}\n`);
    const table = new ComparisonTable(mode, score);
    for (const row of chosenRows(options)) {
      const measure = () => duel(row, ours, redis, options.rounds);
      table.add(row, await progress.step(`${row.name}, ${ours.name}`, measure));
    }
  } finally {
    await ours.stop();
  }
}
