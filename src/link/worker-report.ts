import type { TrafficFigures } from '../instance/traffic.ts';

/** What a worker tells the keyspace from time to time, so that INFO and CLIENT LIST speak for the whole instance. */
export interface WorkerReport {
  readonly traffic: TrafficFigures;
  /** Calls of local commands since the last report: index in the command table, calls. */
  readonly localCalls: ReadonlyArray<readonly [index: number, calls: number]>;
  /** Connections with something in their buffers: session, query buffer and output buffer in bytes. */
  readonly clients: ReadonlyArray<readonly [session: number, queryBuffer: number, outputBuffer: number]>;
}
