import { ComparisonTable } from './comparison-table.ts';
import { duel } from './duel.ts';
import { runLoad } from './load.ts';
import type { Options } from './options.ts';
import { chosenRows, FILLING } from './rows.ts';
import { Score } from './score.ts';
import { type Mode, nameOf, type RunningServer, startOurs, startRedis } from './server.ts';

const LEGEND = `
µs/op: CPU time (user and system) of all processes of the server per request; ratio: ours to Redis's, median of pairs of
runs; what workers and keyspace leave of µs/op is the supervisor's; feeds: how many workers one keyspace could keep busy (workers' µs/op divided by the keyspace's).`;

/** Our server, in each mode asked for, against redis-server under redis-benchmark. */
export async function compare(options: Options): Promise<void> {
  const score = new Score();
  const redis = await startRedis();
  try {
    await runLoad(redis, FILLING);
    for (const mode of options.modes) await compareMode(mode, redis, options, score);
  } finally {
    await redis.stop();
  }
  console.log([LEGEND, ...score.summary].join('\n'));
}

async function compareMode(mode: Mode, redis: RunningServer, options: Options, score: Score): Promise<void> {
  const ours = await startOurs(options.dist, mode);
  try {
    await runLoad(ours, FILLING);
    console.log(`\n### ${nameOf(mode)}\n`);
    const table = new ComparisonTable(mode, score);
    for (const row of chosenRows(options)) table.add(row, await duel(row, ours, redis, options.rounds));
  } finally {
    await ours.stop();
  }
}
