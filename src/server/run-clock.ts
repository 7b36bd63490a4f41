import type { Command } from '../commands/command.ts';
import type { Instance } from '../instance/instance.ts';
import type { Session } from '../instance/session.ts';
import { argumentsOf, type Request, RequestCopy } from '../resp/request.ts';

/** Longest run of equal commands under one measurement. */
const MAX_RUN = 64;
/** A request or reply larger than this ends the run it is in, in bytes. */
const LARGE = 16 * 1024;

/**
 * Measures how long commands take. A reading of the clock costs 45 ns, a tenth of a pipelined GET, so the end of one
 * command is the start of the next, and a run of equal constant-time commands in one batch shares one reading; all
 * others are measured each by itself, for the slow log.
 */
export class RunClock {
  readonly #instance: Instance;
  /** The command of the open run. */
  #command: Command | undefined = undefined;
  #calls = 0;
  #failures = 0;
  #startedAt = 0;
  /** The first request of the open run, as the slow log may show it: the parser is at another when the run is closed. */
  readonly #first = new RequestCopy();
  #session: Session | undefined = undefined;
  /** Every command is measured alone. */
  #exact = false;

  constructor(instance: Instance) {
    this.#instance = instance;
  }

  start(): void {
    this.#startedAt = this.#instance.keyspace.tick();
    this.#exact = this.#instance.measuresEach;
  }

  stop(): void {
    if (this.#calls > 0) this.#close(this.#first);
  }

  /** A command is about to run. */
  enter(command: Command, session: Session): void {
    if (command !== this.#command) {
      if (this.#calls > 0) this.#close(this.#first);
      this.#command = command;
    }
    this.#session = session;
  }

  /**
   * It has run. A command that ran others (EXEC) counts only what was left for itself.
   * @param request as the slow log may show it.
   * @param replyBytes length of its reply.
   */
  leave(command: Command, request: Request, replyBytes: number, failed: boolean): void {
    if (command !== this.#command) {
      if (this.#calls > 0) this.#close(this.#first);
      this.#command = command;
    }
    this.#calls++;
    if (failed) this.#failures++;
    const large = replyBytes > LARGE || request.lengths[request.argc - 1]! > LARGE;
    const alone = large || !command.sharesClock || this.#exact;
    if (alone || this.#calls === MAX_RUN) this.#close(request, large);
    else if (this.#calls === 1 && !this.#first.take(request)) this.#close(request);
  }

  /**
   * @param request the only one of the run, if it has one.
   * @param outweighs that request has taken all the time there is to speak of, if others were before it.
   */
  #close(request: Request, outweighs = false): void {
    const { commandCounters, keyspace } = this.#instance;
    const now = keyspace.tick();
    const microseconds = Math.max(0, now - this.#startedAt) * 1000;
    const { index } = this.#command!;
    commandCounters.record(index, this.#calls, microseconds);
    for (; this.#failures > 0; this.#failures--) commandCounters.fail(index);
    if (this.#calls === 1 || outweighs) this.#noteSlowness(request, microseconds);
    this.#startedAt = now;
    this.#calls = 0;
    // The command may have been CONFIG SET.
    if (!this.#command!.sharesClock) this.#exact = this.#instance.measuresEach;
  }

  #noteSlowness(request: Request, microseconds: number): void {
    const { slowlogLogSlowerThan, slowlogMaxLen, latencyMonitorThreshold } = this.#instance.settings.values;
    const command = this.#command!;
    const { now } = this.#instance.keyspace;
    if (latencyMonitorThreshold > 0 && microseconds >= latencyMonitorThreshold * 1000) {
      const event = command.entry.flags?.includes('fast') ? 'fast-command' : 'command';
      this.#instance.latency.add(event, now, Math.floor(microseconds / 1000));
    }
    if (slowlogLogSlowerThan < 0 || microseconds < slowlogLogSlowerThan || command.hiddenFromSlowLog) return;
    this.#instance.slowCommands++;
    const { address, name } = this.#session!;
    const about = {
      at: Math.floor(now / 1000),
      microseconds: Math.round(microseconds),
      command: command.name,
      address,
      name,
    };
    this.#instance.slowLog.add(argumentsOf(request), about, slowlogMaxLen);
  }
}
