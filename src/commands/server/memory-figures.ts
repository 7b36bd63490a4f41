import type { Instance } from '../../instance/instance.ts';

/** Where the memory goes, in bytes. What counts against maxmemory is `used`. */
export interface MemoryFigures {
  /** Of all blocks in the arena. */
  readonly used: number;
  readonly peak: number;
  /** Of the chunks that the arena holds. */
  readonly reserved: number;
  /** Of the keyspace's process: the JavaScript heap and the program are in it. */
  readonly resident: number;
  /** Of the tables by which keys are found, within `used`. */
  readonly tables: number;
  /** Of keys and values, within `used`. */
  readonly dataset: number;
  /** Of the buffers of all connections. */
  readonly clients: number;
}

/** Where the memory of the whole instance goes just now. */
export const memoryFigures = ({ keyspace, sessions, peakMemory }: Instance): MemoryFigures => {
  const { usedBytes: used, reservedBytes: reserved } = keyspace.arena;
  let tables = 0;
  for (const { keys, expires } of keyspace.databases) tables += keys.memoryBytes() + expires.memoryBytes();
  let clients = 0;
  for (const { facts } of sessions) clients += facts.queryBuffer + facts.outputBuffer;
  return {
    used,
    peak: Math.max(used, peakMemory),
    reserved,
    resident: process.memoryUsage.rss(),
    tables,
    dataset: used - tables,
    clients,
  };
};
