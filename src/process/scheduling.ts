import { execFile } from 'node:child_process';
import type { Config } from '../config/config.ts';
import type { Logger } from '../log.ts';

/**
 * Asks the system to treat this process as one that works in batches (Linux: SCHED_BATCH): when something arrives for
 * it, it does not interrupt whoever has the core, but takes its turn. Worker and keyspace wake each other all the time,
 * and each that is interrupted at its first request hands on one request instead of ten. On cores that have nothing
 * else to do nothing changes.
 *
 * Node has no call for it; `chrt` (util-linux, busybox) has. Where it is missing, scheduling stays as it is.
 */
export const applyScheduling = ({ scheduling }: Config, log: Logger): void => {
  if (scheduling !== 'batch' || process.platform !== 'linux') return;
  execFile('chrt', ['-b', '-p', '0', String(process.pid)], (error) => {
    if (error !== null) log.debug({ err: error }, 'batch scheduling is not available');
  }).unref();
};
