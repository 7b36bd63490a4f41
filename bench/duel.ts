import { runLoad } from './load.ts';
import { prepare } from './preparation.ts';
import { type Row, shortened } from './row.ts';
import { type Sample, takeSample } from './sample.ts';
import type { RunningServer } from './server.ts';

const WARM_UP_SHARE = 0.2;

/** Runs that belong together: one right after the other, on the same machine in the same mood. */
export interface Pair {
  readonly ours: Sample;
  readonly theirs: Sample;
}

/** Runs a row on both servers by turns; who begins alternates, too. A short run of each before warms them up. */
export async function duel(
  row: Row,
  ours: RunningServer,
  theirs: RunningServer,
  rounds: number,
): Promise<Pair[]> {
  for (const server of [ours, theirs]) await play(shortened(row, WARM_UP_SHARE), server);
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round++)
    pairs.push(await playRound(row, ours, theirs, round % 2 === 1));
  return pairs;
}

async function playRound(
  row: Row,
  ours: RunningServer,
  theirs: RunningServer,
  oursFirst: boolean,
): Promise<Pair> {
  if (oursFirst) {
    const sample = await measure(row, ours);
    return { ours: sample, theirs: await measure(row, theirs) };
  }
  const sample = await measure(row, theirs);
  return { ours: await measure(row, ours), theirs: sample };
}

async function measure(row: Row, server: RunningServer): Promise<Sample> {
  await makeReady(row, server);
  return takeSample(row.load, server);
}

async function play(row: Row, server: RunningServer): Promise<void> {
  await makeReady(row, server);
  await runLoad(server, row.load);
}

async function makeReady({ preparation, load }: Row, server: RunningServer): Promise<void> {
  if (preparation !== undefined) await prepare(server, preparation, load.requests);
}
