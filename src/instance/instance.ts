import { randomBytes } from 'node:crypto';
import type { Settings } from '../config/live.ts';
import type { Keyspace } from '../keyspace/keyspace.ts';
import type { Logger } from '../log.ts';
import { CommandCounters, type CommandFigures } from '../metrics/counters.ts';
import { BlockedClients } from './blocked-clients.ts';
import { ErrorCounters } from './error-counters.ts';
import { LatencyMonitor } from './latency-monitor.ts';
import { Monitors } from './monitors.ts';
import { Pause } from './pause.ts';
import { Rates } from './rates.ts';
import { GATE_AUTH, type Session } from './session.ts';
import { Sessions } from './sessions.ts';
import { SlowLog } from './slow-log.ts';
import { type CountedFigures, Statistics } from './statistics.ts';
import { noTraffic, type TrafficFigures } from './traffic.ts';

export interface InstanceOptions {
  readonly keyspace: Keyspace;
  readonly settings: Settings;
  readonly log: Logger;
  /** Number of commands in the table, for the counters. */
  readonly commandCount: number;
  /** Ends the server in an orderly way (SHUTDOWN); called at most once. */
  readonly shutdown: () => void;
}

/** Threshold of the slow log, in microseconds, below which every command is measured alone. */
const MEASURED_BELOW = 1000;

const NO_TRAFFIC = noTraffic();

/** The one server that all workers show: its data, its clients, its books. */
export class Instance {
  readonly keyspace: Keyspace;
  readonly settings: Settings;
  readonly log: Logger;
  readonly sessions = new Sessions();
  readonly errors = new ErrorCounters();
  readonly slowLog = new SlowLog();
  readonly latency = new LatencyMonitor();
  readonly monitors = new Monitors();
  readonly pause = new Pause();
  readonly blocked: BlockedClients;
  /** What INFO shows of all the counters, since the last CONFIG RESETSTAT. */
  readonly statistics = new Statistics(() => this.#counted());
  readonly rates = new Rates();
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
  /** The most memory that the data has taken so far, in bytes; see {@link sample}. */
  peakMemory = 0;
  /** The port that clients connect to, once it is known. */
  port: number;
  readonly commandCounters: CommandCounters;
  readonly #commandCount: number;
  #traffic: TrafficFigures | undefined;
  #shutdown: (() => void) | undefined;

  constructor({ keyspace, settings, log, commandCount, shutdown }: InstanceOptions) {
    this.keyspace = keyspace;
    this.settings = settings;
    this.blocked = new BlockedClients(keyspace);
    this.log = log;
    this.#shutdown = shutdown;
    this.startedAt = keyspace.now;
    this.port = settings.values.port;
    this.#commandCount = commandCount;
    this.commandCounters = new CommandCounters(commandCount);
    settings.onChange('requirepass', () => this.#admitIfOpen());
  }

  /** True while workers may answer local commands by themselves: nobody watches or waits for every command. */
  get localCommandsAllowed(): boolean {
    return this.monitors.size === 0 && this.pause.until === 0 && !this.measuresEach;
  }

  /** True while the slow log is after so short a time that every command is measured alone. */
  get measuresEach(): boolean {
    const threshold = this.settings.values.slowlogLogSlowerThan;
    return threshold >= 0 && threshold < MEASURED_BELOW;
  }

  /** Traffic of all workers that there ever were: counted by them and not here. */
  get traffic(): Readonly<TrafficFigures> {
    return this.#traffic ?? NO_TRAFFIC;
  }

  /**
   * Takes the traffic as it is now, or an object that is kept up to date. What there was before the first time was no
   * rise.
   */
  followTraffic(figures: TrafficFigures): void {
    if (this.#traffic === undefined) this.rates.clear();
    this.#traffic = figures;
  }

  /** Counts calls of local commands that a worker has answered. */
  addLocalCalls(calls: ReadonlyArray<readonly [index: number, calls: number]>): void {
    for (const [index, count] of calls) this.commandCounters.record(index, count, 0);
  }

  /** Ends the server in an orderly way; nothing happens the second time. */
  shutdown(): void {
    const begin = this.#shutdown;
    this.#shutdown = undefined;
    begin?.();
  }

  /** Forgets a client that is gone; may be called twice. */
  leave(session: Session): void {
    this.sessions.remove(session);
    this.keyspace.watch.remove(session);
    this.monitors.remove(session);
    this.pause.forget(session);
    this.blocked.remove(session);
  }

  /** What has been counted of a command since the start, by all workers; undefined if it was never called. */
  commandFigures(index: number): CommandFigures | undefined {
    return this.commandCounters.figures(index);
  }

  /** Takes the regular readings that rates and peaks come from; housekeeping calls it ten times a second. */
  sample(): void {
    const { bytesIn, bytesOut } = this.traffic;
    this.rates.add(this.keyspace.now, { commands: this.commandCounters.total, bytesIn, bytesOut });
    this.peakMemory = Math.max(this.peakMemory, this.keyspace.arena.usedBytes);
  }

  /** CONFIG RESETSTAT: the figures that INFO shows start from zero; those of the metrics go on. */
  resetStatistics(): void {
    this.statistics.reset();
    this.rates.clear();
  }

  #counted(): CountedFigures {
    return {
      keyspace: { ...this.keyspace.statistics },
      traffic: { ...this.traffic },
      commands: Array.from({ length: this.#commandCount }, (_, index) => this.commandFigures(index)),
      errors: new Map(this.errors.entries()),
    };
  }

  /** The password was changed: where none is left, nobody has to give one. */
  #admitIfOpen(): void {
    if (this.settings.values.requirepass !== '') return;
    for (const session of this.sessions) {
      session.authenticated = true;
      session.open(GATE_AUTH);
    }
  }
}
