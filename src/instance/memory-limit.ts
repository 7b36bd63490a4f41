import os from 'node:os';
import { CHUNK_BYTES, MAX_CHUNKS } from '../memory/address.ts';

/** What addresses reach. */
const ADDRESSABLE = CHUNK_BYTES * MAX_CHUNKS;

/** The machine that the process runs on, in bytes. */
export interface Machine {
  readonly installed: number;
  /** What a container allows; 0 or undefined where there is none. */
  readonly constrained: number | undefined;
}

/**
 * How many bytes the data may take: `maxmemory`, or where there is none the most that can be had. So whoever divides by
 * the limit gets a share, and never infinity. What is evicted goes by the setting alone.
 */
export const memoryLimit = (maxmemory: number, machine: () => Machine = thisMachine): number => {
  if (maxmemory > 0) return maxmemory;
  const { installed, constrained } = machine();
  return Math.min(ADDRESSABLE, installed, constrained || Number.POSITIVE_INFINITY);
};

const thisMachine = (): Machine => ({
  installed: os.totalmem(),
  constrained: process.constrainedMemory(),
});
