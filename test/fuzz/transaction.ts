import { nameOf } from './alike.ts';
import type { Command } from './words.ts';

/** Follows MULTI on a connection, so that the replies in EXEC's array find their commands. */
export class Transaction {
  #queue: Command[] = [];

  /** The commands whose replies this reply holds, and whether it is EXEC that has run them. */
  ran(command: Command, reply: string): { ran: readonly Command[]; executed: boolean } {
    const name = nameOf(command);
    if (reply === '+QUEUED\r\n') this.#queue.push(command);
    else if (name === 'EXEC' || name === 'DISCARD') {
      const queue = this.#queue;
      if (!reply.startsWith('-ERR wrong number')) this.#queue = [];
      if (reply.startsWith('*')) return { ran: queue, executed: true };
    }
    return { ran: [command], executed: false };
  }
}
