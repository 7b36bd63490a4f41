import { randomBytes } from 'node:crypto';
import type { Settings } from '../config/live.ts';
import type { Keyspace } from '../keyspace/keyspace.ts';
import type { Logger } from '../log.ts';
import { CommandCounters } from '../metrics/counters.ts';
import { ErrorCounters } from './error-counters.ts';
import { LatencyMonitor } from './latency-monitor.ts';
import { Monitors } from './monitors.ts';
import { Pause } from './pause.ts';
import type { Session } from './session.ts';
import { Sessions } from './sessions.ts';
import { SlowLog } from './slow-log.ts';
import { Traffic } from './traffic.ts';

export interface InstanceOptions {
  readonly keyspace: Keyspace;
  readonly settings: Settings;
  readonly log: Logger;
  /** Number of commands in the table, for the counters. */
  readonly commandCount: number;
  /** Ends the server in an orderly way (SHUTDOWN); called at most once. */
  readonly shutdown: () => void;
}

/** The one server that all workers show: its data, its clients, its books. */
export class Instance {
  readonly keyspace: Keyspace;
  readonly settings: Settings;
  readonly log: Logger;
  readonly shutdown: () => void;
  readonly sessions = new Sessions();
  readonly errors = new ErrorCounters();
  readonly slowLog = new SlowLog();
  readonly latency = new LatencyMonitor();
  readonly monitors = new Monitors();
  readonly pause = new Pause();
  readonly traffic = new Traffic();
  /** Unix milliseconds. */
  readonly startedAt: number;
  /** 40 hexadecimal digits that no other start has. */
  readonly runId = randomBytes(20).toString('hex');
  /** Commands slower than slowlog-log-slower-than since the start. */
  slowCommands = 0;
  /** Requests for commands that do not exist. */
  unknownCommands = 0;
  /** DEBUG SET-ACTIVE-EXPIRE. */
  activeExpiry = true;
  commandCounters: CommandCounters;
  readonly #commandCount: number;

  constructor({ keyspace, settings, log, commandCount, shutdown }: InstanceOptions) {
    this.keyspace = keyspace;
    this.settings = settings;
    this.log = log;
    this.shutdown = shutdown;
    this.startedAt = keyspace.now;
    this.#commandCount = commandCount;
    this.commandCounters = new CommandCounters(commandCount);
  }

  /** True while workers may answer local commands by themselves: nobody watches or waits for every command. */
  get localCommandsAllowed(): boolean {
    return this.monitors.size === 0 && this.pause.until === 0;
  }

  /** Counts calls of local commands that a worker has answered. */
  addLocalCalls(calls: ReadonlyArray<readonly [index: number, calls: number]>): void {
    for (const [index, count] of calls) this.commandCounters.record(index, count, 0);
  }

  /** Forgets a client that is gone. */
  leave(session: Session): void {
    this.sessions.remove(session);
    this.keyspace.watch.remove(session);
    this.monitors.remove(session);
    this.pause.forget(session);
  }

  /** CONFIG RESETSTAT: the figures that INFO shows start from zero; those of the metrics go on. */
  resetStatistics(): void {
    this.commandCounters = new CommandCounters(this.#commandCount);
    this.errors.reset();
  }
}
