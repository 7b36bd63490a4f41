import { type CpuTime, cpuBetween, readCpu } from './cpu.ts';
import { type Load, runLoad } from './load.ts';
import type { RunningServer } from './server.ts';

/** Time for a server to notice that the clients of a run have gone, in milliseconds. */
const SETTLE_MS = 50;

/** One run of a load on one server. */
export interface Sample {
  readonly requestsPerSecond: number;
  /** CPU per operation in µs. */
  readonly cpu: CpuTime;
}

/** Runs a load on a server that has nothing else to do. */
export async function takeSample(load: Load, server: RunningServer): Promise<Sample> {
  await settle();
  const before = readCpu(server.pid);
  const { requestsPerSecond } = await runLoad(server, load);
  await settle();
  return { requestsPerSecond, cpu: perOperation(cpuBetween(before, readCpu(server.pid)), load.requests) };
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
