import { readReply } from '../rows/reply-tree.ts';
import { encodeCommand, WireConnection } from '../rows/wire.ts';
import { alike, nameOf } from './alike.ts';
import type { Command } from './commands.ts';

/** Commands that one of two connections sends in one write. */
export interface Batch {
  readonly connection: 0 | 1;
  readonly commands: readonly Command[];
}

const DATABASES = ['0', '1', '15'];

/** Two servers that are told the same and must answer the same. */
export class Duel {
  readonly #ours: readonly WireConnection[];
  readonly #real: readonly WireConnection[];

  private constructor(ours: readonly WireConnection[], real: readonly WireConnection[]) {
    this.#ours = ours;
    this.#real = real;
  }

  /** Opens two connections to each server. */
  static async open(ourPort: number, realPort: number): Promise<Duel> {
    const pair = (port: number) => Promise.all([WireConnection.open(port), WireConnection.open(port)]);
    return new Duel(await pair(ourPort), await pair(realPort));
  }

  close(): void {
    for (const connection of [...this.#ours, ...this.#real]) connection.close();
  }

  /** Plays the batches to both from an empty keyspace. @throws at the first reply or key that differs. */
  async play(batches: readonly Batch[], protocol: 2 | 3): Promise<void> {
    await this.#reset(protocol);
    const transactions = [new Transaction(), new Transaction()] as const;
    for (const { connection, commands } of batches) {
      const { ours, real } = await this.#exchange(connection, commands);
      commands.forEach((command, index) => {
        const ran = transactions[connection].ran(command, real[index]!);
        requireAlike(command, ran, ours[index]!, real[index]!);
      });
    }
    await this.#compareKeyspaces();
  }

  async #reset(protocol: 2 | 3): Promise<void> {
    for (const connection of [...this.#ours, ...this.#real]) {
      await connection.call('RESET');
      await connection.call('FLUSHALL');
      await connection.call('HELLO', String(protocol));
    }
  }

  async #exchange(which: 0 | 1, commands: readonly Command[]): Promise<{ ours: string[]; real: string[] }> {
    const bytes = Buffer.concat(commands.map((command) => encodeCommand(command.map(latin1))));
    const [ours, real] = [this.#ours[which]!, this.#real[which]!];
    ours.send(bytes);
    real.send(bytes);
    return { real: await receiveAll('real', real, commands), ours: await receiveAll('ours', ours, commands) };
  }

  async #compareKeyspaces(): Promise<void> {
    await this.#exchange(0, [['RESET']]);
    for (const database of DATABASES) {
      const [, , listing] = await this.#compare([['SELECT', database], ['DBSIZE'], ['KEYS', '*']]);
      const keys = readReply(latin1(listing!), 0)?.tree.items ?? [];
      const facts = keys.map(({ text }) => text ?? '').flatMap((key) => factsOf(key));
      await this.#compare(facts);
    }
  }

  async #compare(commands: readonly Command[]): Promise<string[]> {
    const { ours, real } = await this.#exchange(0, commands);
    commands.forEach((command, index) => {
      requireAlike(['final state:', ...command], [command], ours[index]!, real[index]!);
    });
    return real;
  }
}

/** Follows MULTI on a connection, so that the replies in EXEC's array find their commands. */
class Transaction {
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

function factsOf(key: string): Command[] {
  return [
    ['TYPE', key],
    ['GET', key],
    ['OBJECT', 'ENCODING', key],
    ['PEXPIRETIME', key],
  ];
}

function requireAlike(command: Command, ran: readonly Command[], ours: string, real: string): void {
  if (alike(ran, ours, real)) return;
  const line = command.map((argument) => JSON.stringify(argument)).join(' ');
  throw new Error(`${line}\n  ours: ${JSON.stringify(ours)}\n  real: ${JSON.stringify(real)}`);
}

async function receiveAll(
  who: string,
  connection: WireConnection,
  commands: readonly Command[],
): Promise<string[]> {
  const replies: string[] = [];
  for (const command of commands) {
    try {
      replies.push(await connection.receive());
    } catch (cause) {
      throw new Error(`${who}: no reply to ${JSON.stringify(command)}: ${cause}`, { cause });
    }
  }
  return replies;
}

function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}
