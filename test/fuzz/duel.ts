import { encodeCommand, WireConnection } from '../rows/wire.ts';
import { alike, nameOf } from './alike.ts';
import {
  contentQuestions,
  firstQuestions,
  groupNames,
  groupQuestions,
  isOrdered,
  itemsOf,
  textOf,
} from './final-state.ts';
import { SMALL_THRESHOLDS } from './thresholds.ts';
import type { Command } from './words.ts';

/** Commands that one of two connections sends in one write. */
export interface Batch {
  readonly connection: 0 | 1;
  readonly commands: readonly Command[];
}

const DATABASES = ['0', '1', '15'];
const QUESTIONS = firstQuestions('').length;

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
        if (!alike(ran, ours[index]!, real[index]!)) throw difference(command, ours[index]!, real[index]!);
      });
    }
    await this.#exchange(0, [['RESET']]);
    for (const database of DATABASES) await this.#compareDatabase(database);
  }

  async #reset(protocol: 2 | 3): Promise<void> {
    const settings = Object.entries(SMALL_THRESHOLDS).flat();
    const commands = [['RESET'], ['FLUSHALL'], ['CONFIG', 'SET', ...settings], ['HELLO', String(protocol)]];
    for (const connection of [0, 1] as const) {
      const { ours, real } = await this.#exchange(connection, commands);
      const refused = [...ours, ...real].find((reply) => reply.startsWith('-'));
      if (refused !== undefined) throw new Error(`no fresh start: ${refused}`);
    }
  }

  async #exchange(which: 0 | 1, commands: readonly Command[]): Promise<{ ours: string[]; real: string[] }> {
    const bytes = Buffer.concat(commands.map((command) => encodeCommand(command.map(latin1))));
    const [ours, real] = [this.#ours[which]!, this.#real[which]!];
    ours.send(bytes);
    real.send(bytes);
    return { real: await receiveAll('real', real, commands), ours: await receiveAll('ours', ours, commands) };
  }

  async #compareDatabase(database: string): Promise<void> {
    const [, , listing] = await this.#compare([['SELECT', database], ['DBSIZE'], ['KEYS', '*']]);
    const keys = itemsOf(listing!).map(({ text }) => text ?? '');
    const answers = await this.#compare(keys.flatMap(firstQuestions));
    for (const [index, key] of keys.entries()) {
      const [type, encoding] = answers.slice(index * QUESTIONS).map(textOf);
      const content = await this.#compare(contentQuestions(key, type!), isOrdered(encoding!));
      if (type !== 'stream') continue;
      const groups = groupNames(content.at(-1)!);
      await this.#compare(groups.flatMap((group) => groupQuestions(key, group)));
    }
  }

  /** Asks both. @param exactly each byte of the replies counts. */
  async #compare(commands: readonly Command[], exactly = false): Promise<string[]> {
    const { ours, real } = await this.#exchange(0, commands);
    commands.forEach((command, index) => {
      const [our, their] = [ours[index]!, real[index]!];
      const equal = exactly ? our === their : alike([command], our, their);
      if (!equal) throw difference(['final state:', ...command], our, their);
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

function difference(command: Command, ours: string, real: string): Error {
  const line = command.map((argument) => JSON.stringify(argument)).join(' ');
  return new Error(`${line}\n  ours: ${JSON.stringify(ours)}\n  real: ${JSON.stringify(real)}`);
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
