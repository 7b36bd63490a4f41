import { Arguments } from '../commands/arguments.ts';
import type { CommandTable } from '../commands/table.ts';
import { CommandError } from '../errors.ts';
import type { WorkerCounters } from '../metrics/worker-counters.ts';
import { ReplyWriter } from '../resp/reply-writer.ts';
import type { Request } from '../resp/request.ts';

/**
 * Commands that a worker answers by itself, because they need neither data nor session (PING, ECHO): only while the
 * client has nothing in flight, so that the order of its replies keeps itself.
 */
export class LocalCommands {
  readonly reply = new ReplyWriter();
  readonly #table: CommandTable;
  readonly #counters: WorkerCounters;
  readonly #args = new Arguments();
  /** Calls since the last report, by command index. */
  #calls: number[] = [];

  constructor(table: CommandTable, counters: WorkerCounters) {
    this.#table = table;
    this.#counters = counters;
  }

  /** Answers the request into {@link reply} if its command is local. @returns the command's index, or -1: nothing was done. */
  answer(request: Request): number {
    const command = this.#table.find(request.bytes, request.starts[0]!, request.lengths[0]!);
    if (command?.local === undefined) return -1;
    const { arity, index } = command;
    if (arity > 0 ? request.argc !== arity : request.argc < -arity) return -1;
    this.#args.request = request;
    const mark = this.reply.length;
    try {
      command.local({ args: this.#args, reply: this.reply, command });
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      this.reply.rewind(mark);
      return -1;
    }
    this.#counters.localCommands++;
    this.#calls[index] = (this.#calls[index] ?? 0) + 1;
    return index;
  }

  /** What was answered since the last call, for the keyspace, which keeps the books of all commands. */
  takeCalls(): Array<readonly [index: number, calls: number]> {
    const taken: Array<readonly [number, number]> = [];
    this.#calls.forEach((calls, index) => {
      taken.push([index, calls]);
    });
    this.#calls = [];
    return taken;
  }
}
