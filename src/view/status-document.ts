/*
 * What /status.json answers: the only source of the status page and of `corespond top`, and open to everybody.
 * It is described in docs/status.md and stable: fields are added, none is renamed or changes its meaning.
 *
 * Moments are Unix milliseconds, durations seconds, sizes bytes, shares numbers from 0 to 1. What nobody knows is null.
 * There are no key names, values or client addresses in it.
 */

/** How far the history reaches back, in seconds. */
export const HISTORY_SPAN = 900;

/**
 * Percentiles are not told apart beyond these, in seconds: those of the time that commands take, and of the lateness of
 * event loops. One that is as large is at least as large.
 */
export const LATENCY_LIMIT = 2.5;
export const DELAY_LIMIT = 5;

/** How bad something is. */
export type Level = 'ok' | 'warning' | 'critical';

/** How the whole instance does at one moment, and how it did before. */
export interface StatusDocument {
  /** When it was made. */
  readonly now: number;
  readonly verdict: Verdict;
  readonly server: ServerStatus;
  readonly clients: ClientsStatus;
  readonly memory: MemoryStatus;
  readonly keys: KeysStatus;
  readonly traffic: TrafficStatus;
  /** Workers by slot, then the keyspace. */
  readonly processes: readonly ProcessStatus[];
  /** Those called in the last minute, the busiest first. */
  readonly commands: readonly CommandStatus[];
  /** Newest first, at most 20. */
  readonly slowLog: readonly SlowCommandStatus[];
  /** Newest first, at most 50. */
  readonly events: readonly StatusEvent[];
  readonly history: History;
}

/** Whether the instance is well. */
export interface Verdict {
  readonly level: Level;
  /** Worst first; empty if all is well. */
  readonly reasons: readonly Reason[];
}

/** One thing that is not well. */
export interface Reason {
  readonly level: Level;
  /** A sentence without a full stop. */
  readonly text: string;
}

/** The instance, as its supervisor knows it. */
export interface ServerStatus {
  readonly version: string;
  readonly nodeVersion: string;
  /** `cluster`: own workers; `pm2`: workers that somebody else has forked; `solo`: one process for all. */
  readonly mode: 'cluster' | 'pm2' | 'solo';
  readonly startedAt: number;
  /** Workers that should be up, and that are. */
  readonly workers: { readonly expected: number; readonly up: number };
}

/** Connections of all workers together. */
export interface ClientsStatus {
  readonly connected: number;
  /** Those whose command waits for a key. */
  readonly blocked: number;
  /** Null while the keyspace has not reported. */
  readonly limit: number | null;
}

/** Memory for data. */
export interface MemoryStatus {
  /** What the data takes. */
  readonly used: number;
  /** Taken from the system for data, free parts included. */
  readonly reserved: number;
  /** The limit in force; null while the keyspace has not reported. */
  readonly limit: number | null;
  /** Whether keys are evicted at the limit, so that it may be reached; null while the keyspace has not reported. */
  readonly evicts: boolean | null;
}

/** Keys of all databases together. */
export interface KeysStatus {
  readonly total: number;
  readonly expiring: number;
  /** Share of look-ups that found their key, in the last minute. */
  readonly hitRatio: number | null;
}

/** Rates of the last second, and what was counted since the start. */
export interface TrafficStatus {
  /** Of commands and errors: null while the keyspace does not report. */
  readonly commandsPerSecond: number | null;
  readonly commands: number;
  /** Error replies, refused commands included. */
  readonly errorsPerSecond: number | null;
  readonly errors: number;
  /** Of connections and bytes: null while no worker reports. */
  readonly connectionsPerSecond: number | null;
  readonly connections: number;
  readonly rejectedConnections: number;
  readonly slowClients: number;
  readonly bytesInPerSecond: number | null;
  readonly bytesOutPerSecond: number | null;
  /** Of all commands of the last second. */
  readonly p50: number | null;
  readonly p99: number | null;
}

/** A worker or the keyspace; rates are those of the last second. */
export interface ProcessStatus {
  /** `0` … or `keyspace`: the label `worker` of the metrics. */
  readonly worker: string;
  /** Heard of in the last three seconds. */
  readonly up: boolean;
  readonly pid: number | null;
  readonly startedAt: number | null;
  readonly lastReportAt: number | null;
  readonly restarts: { readonly crash: number; readonly hang: number; readonly reload: number };
  /** Null for the keyspace. */
  readonly clients: number | null;
  readonly commandsPerSecond: number | null;
  /** Share of the time that its event loop was busy. */
  readonly utilisation: number | null;
  /** Lateness of its event loop, 99th percentile of the last minute. */
  readonly delayP99: number | null;
  readonly heapUsed: number | null;
  readonly heapLimit: number | null;
  /** Private resident memory. */
  readonly memory: number | null;
  /** Processor time in cores. */
  readonly cpu: number | null;
}

/** One command; rates and times are those of the last minute, `calls` and `errors` since the start. */
export interface CommandStatus {
  /** As in the metrics: `get`, `client|list`, `unknown`. */
  readonly command: string;
  readonly callsPerSecond: number;
  readonly mean: number | null;
  readonly p99: number | null;
  /** Replies that were errors, refused calls included. */
  readonly errorsPerSecond: number;
  readonly calls: number;
  readonly errors: number;
}

/** An entry of SLOWLOG, without its arguments. */
export interface SlowCommandStatus {
  readonly id: number;
  readonly at: number;
  readonly command: string;
  readonly duration: number;
  /** How many arguments there were, the name included. */
  readonly arguments: number;
}

/** New kinds may come. */
export type EventKind = 'start' | 'stop' | 'restart' | 'down' | 'rejected' | 'slow_client' | 'reload';

/** Something that happened. */
export interface StatusEvent {
  /** Ascending; the same id is the same event, whose text may change while it goes on (`5 connections refused …`). */
  readonly id: number;
  readonly at: number;
  readonly level: Level;
  readonly kind: EventKind;
  readonly text: string;
}

/** A value for each moment of {@link History.times}; null where nobody knows. */
export type Series = ReadonlyArray<number | null>;

/** The last 15 minutes ({@link HISTORY_SPAN}), a column for each figure; of them, only what is later than `since`. */
export interface History {
  /** Time between two moments, in seconds. */
  readonly interval: number;
  readonly times: readonly number[];
  /** By command: the busiest of the last 15 minutes, and `other` for the rest. */
  readonly commandsPerSecond: Readonly<Record<string, Series>>;
  readonly p50: Series;
  readonly p99: Series;
  readonly clients: Series;
  readonly bytesInPerSecond: Series;
  readonly bytesOutPerSecond: Series;
  /** Event loop utilisation by process, as {@link ProcessStatus.worker} names them. */
  readonly utilisation: Readonly<Record<string, Series>>;
}
