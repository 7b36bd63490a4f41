import { nameOf } from './alike.ts';
import type { Command } from './words.ts';

/** Follows MULTI on a connection, so that the replies in EXEC's array find their commands. */
export class Transaction {
  #queue: Command[] = [];

  /** The commands whose replies this reply holds. */
  ran(command: Command, reply: string): readonly Command[] {
    const name = nameOf(command);
    if (reply === '+QUEUED\r\n') this.#queue.push(command);
    else if (name === 'EXEC' || name === 'DISCARD') {
      const queue = this.#queue;
      if (!reply.startsWith('-ERR wrong number')) this.#queue = [];
      if (reply.startsWith('*')) return queue;
    }
    return [command];
  }
}
