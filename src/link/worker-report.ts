/** What has changed at a connection: sizes of its buffers, and the command that the worker last answered by itself. */
export type ClientFacts = readonly [
  session: number,
  /** Bytes. */
  queryBuffer: number,
  /** Bytes. */
  outputBuffer: number,
  /** Index in the command table; -1 if nothing was answered since the last report, or the keyspace was asked since. */
  localCommand: number,
];

/** What a worker tells the keyspace from time to time, so that INFO and CLIENT LIST speak for the whole instance. */
export interface WorkerReport {
  /** Calls of local commands since the last report: index in the command table, calls. */
  readonly localCalls: ReadonlyArray<readonly [index: number, calls: number]>;
  /** Requests that were answered `LOADING` while the keyspace was away, since the last report. */
  readonly loadingReplies: number;
  readonly clients: readonly ClientFacts[];
}
