import { readdirSync, readFileSync } from 'node:fs';
import { BenchError } from './bench-error.ts';
import { processesOf, type Role } from './processes.ts';

/** CPU time (user and system) of a server in nanoseconds: all its processes, and each role's part. */
export type CpuTime = Readonly<Record<Role | 'total', number>>;

const ROLES = ['server', 'supervisor', 'worker', 'keyspace'] as const;

/** A reading of the kernel's account, to be held against a later one. */
export interface CpuReading {
  readonly pids: string;
  readonly time: CpuTime;
}

/** Reads what the process `root` and its children have used so far. */
export function readCpu(root: number): CpuReading {
  const processes = processesOf(root);
  const time = { server: 0, supervisor: 0, worker: 0, keyspace: 0, total: 0 };
  for (const { pid, role } of processes) {
    const used = nanosecondsOf(pid);
    time[role] += used;
    time.total += used;
  }
  return { pids: processes.map(({ pid }) => pid).join(' '), time };
}

/** What was used between two readings. @throws BenchError if a process came or went meanwhile. */
export function cpuBetween(before: CpuReading, after: CpuReading): CpuTime {
  if (before.pids !== after.pids) {
    throw new BenchError('a process of the server was replaced during a run: its figures are worthless');
  }
  const used = { ...after.time };
  for (const role of [...ROLES, 'total'] as const) used[role] -= before.time[role];
  return used;
}

/** On-CPU time of all threads that live; those of Node and Redis live as long as their process. */
function nanosecondsOf(pid: number): number {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    return threads.reduce((sum, thread) => sum + onCpu(`/proc/${pid}/task/${thread}/schedstat`), 0);
  } catch {
    throw new BenchError(`process ${pid} of the server has ended`);
  }
}

const onCpu = (file: string): number => Number(readFileSync(file, 'latin1').split(' ')[0]);
