import { type CpuTime, cpuBetween, readCpu } from './cpu.ts';
import { runLoad } from './load.ts';
import { prepare } from './preparation.ts';
import { type Row, shortened } from './row.ts';
import type { RunningServer } from './server.ts';

/** Time for a server to notice that the clients of a run have gone, in milliseconds. */
const SETTLE_MS = 50;
const WARM_UP_SHARE = 0.2;

/** One run of one row on one server. */
export interface Sample {
  readonly requestsPerSecond: number;
  /** CPU per operation in µs. */
  readonly cpu: CpuTime;
}

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
  await settle();
  const before = readCpu(server.pid);
  const { requestsPerSecond } = await runLoad(server, row.load);
  await settle();
  return { requestsPerSecond, cpu: perOperation(cpuBetween(before, readCpu(server.pid)), row.load.requests) };
}

async function play(row: Row, server: RunningServer): Promise<void> {
  await makeReady(row, server);
  await runLoad(server, row.load);
}

async function makeReady({ preparation, load }: Row, server: RunningServer): Promise<void> {
  if (preparation !== undefined) await prepare(server, preparation, load.requests);
}

function perOperation(used: CpuTime, operations: number): CpuTime {
  const micros = (nanoseconds: number) => nanoseconds / 1000 / operations;
  return {
    server: micros(used.server),
    supervisor: micros(used.supervisor),
    worker: micros(used.worker),
    keyspace: micros(used.keyspace),
    total: micros(used.total),
  };
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
