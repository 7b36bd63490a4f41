import { setTimeout as pause } from 'node:timers/promises';
import { encodeCommand, WireConnection } from '../rows/wire.ts';
import type { Command } from './words.ts';

/** Which of the two connections to a server. */
export type Which = 0 | 1;

const WAIT_BOUND_MS = 5000;

/** One of two servers that are compared: two connections that play, and one that watches. */
export class Contender {
  readonly #who: string;
  readonly #players: readonly WireConnection[];
  readonly #ids: readonly string[];
  readonly #watcher: WireConnection;

  private constructor(
    who: string,
    players: readonly WireConnection[],
    ids: readonly string[],
    watcher: WireConnection,
  ) {
    this.#who = who;
    this.#players = players;
    this.#ids = ids;
    this.#watcher = watcher;
  }

  /** Connects. @param who how errors name this server. */
  static async open(who: string, port: number): Promise<Contender> {
    const players = [await WireConnection.open(port), await WireConnection.open(port)];
    const ids: string[] = [];
    for (const player of players) ids.push((await player.call('CLIENT', 'ID')).slice(1, -2));
    return new Contender(who, players, ids, await WireConnection.open(port));
  }

  close(): void {
    for (const connection of [...this.#players, this.#watcher]) connection.close();
  }

  /** Sends commands in one write. */
  send(which: Which, commands: readonly Command[]): void {
    this.#players[which]!.send(Buffer.concat(commands.map((it) => encodeCommand(it.map(latin1)))));
  }

  /** Receives the replies to commands that were sent. @throws if one does not come. */
  async receive(which: Which, commands: readonly Command[]): Promise<string[]> {
    const replies: string[] = [];
    for (const command of commands) {
      try {
        replies.push(await this.#players[which]!.receive());
      } catch (cause) {
        throw new Error(`${this.#who}: no reply to ${JSON.stringify(command)}: ${cause}`, { cause });
      }
    }
    return replies;
  }

  /** Sends a command that may wait. @returns once it does, or has its reply. */
  async sendWaiter(which: Which, waiter: Command): Promise<Waiter> {
    this.send(which, [waiter]);
    let reply: string | undefined;
    const received = this.receive(which, [waiter]).then(([text]) => {
      reply = text;
      return text!;
    });
    // It is awaited in the end; until then a failure is nobody's.
    received.catch(() => {});
    const deadline = Date.now() + WAIT_BOUND_MS;
    while (reply === undefined && !(await this.#hasBlockedClient())) {
      if (Date.now() > deadline)
        throw new Error(`${this.#who} neither waits nor replies: ${waiter.join(' ')}`);
      await pause(0);
    }
    return { release: () => this.#watcher.call('CLIENT', 'UNBLOCK', this.#ids[which]!), received };
  }

  async #hasBlockedClient(): Promise<boolean> {
    return /^blocked_clients:[1-9]/m.test(await this.#watcher.call('INFO', 'clients'));
  }
}

/** A client that waits or has waited. */
export interface Waiter {
  /** Ends its waiting. @returns the server's reply: whether it was still waiting. */
  release(): Promise<string>;
  /** Its reply. */
  readonly received: Promise<string>;
}

function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}
