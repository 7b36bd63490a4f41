import { alike } from './alike.ts';
import { Contender, type Which } from './contender.ts';
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
import { Transaction } from './transaction.ts';
import type { Command } from './words.ts';

/** Commands that one of two connections sends in one write. */
export interface Batch {
  readonly connection: Which;
  readonly commands: readonly Command[];
  /** By this the other connection waits meanwhile; afterwards it is told to give up. */
  readonly waiter: Command | undefined;
}

/** A copy of a value, made by DUMP and RESTORE. */
const COPY = 'a copy';
const DATABASES = ['0', '1', '15'];
const QUESTIONS = firstQuestions('').length;

/** Replies to the same commands. */
interface Answers {
  readonly ours: readonly string[];
  readonly real: readonly string[];
}

/** Two servers that are told the same and must answer the same. */
export class Duel {
  readonly #ours: Contender;
  readonly #real: Contender;

  private constructor(ours: Contender, real: Contender) {
    this.#ours = ours;
    this.#real = real;
  }

  /** Connects to both. */
  static async open(ourPort: number, realPort: number): Promise<Duel> {
    return new Duel(await Contender.open('ours', ourPort), await Contender.open('real', realPort));
  }

  close(): void {
    this.#ours.close();
    this.#real.close();
  }

  /** Plays the batches to both from an empty keyspace. @throws at the first reply or key that differs. */
  async play(batches: readonly Batch[], protocol: 2 | 3): Promise<void> {
    await this.#reset(protocol);
    const transactions = [new Transaction(), new Transaction()] as const;
    const judge = (connection: Which, commands: readonly Command[], { ours, real }: Answers) => {
      for (const [index, command] of commands.entries()) {
        const { ran, executed } = transactions[connection].ran(command, real[index]!);
        const [our, their] = [ours[index]!, real[index]!];
        if (!alike(ran, our, their, executed)) throw difference(command, our, their);
      }
    };
    for (const { connection, commands, waiter } of batches) {
      if (waiter === undefined) judge(connection, commands, await this.#exchange(connection, commands));
      else await this.#exchangeBesideWaiter(connection, commands, waiter, judge);
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

  async #exchange(which: Which, commands: readonly Command[]): Promise<Answers> {
    this.#ours.send(which, commands);
    this.#real.send(which, commands);
    return {
      real: await this.#real.receive(which, commands),
      ours: await this.#ours.receive(which, commands),
    };
  }

  async #exchangeBesideWaiter(
    which: Which,
    commands: readonly Command[],
    waiter: Command,
    judge: (which: Which, commands: readonly Command[], answers: Answers) => void,
  ): Promise<void> {
    const other: Which = which === 0 ? 1 : 0;
    const our = await this.#ours.sendWaiter(other, waiter);
    const real = await this.#real.sendWaiter(other, waiter);
    judge(which, commands, await this.#exchange(which, commands));
    const stillWaiting = { ours: [await our.release()], real: [await real.release()] };
    judge(other, [waiter], { ours: [await our.received], real: [await real.received] });
    judge(which, [['CLIENT', 'UNBLOCK', ...waiter]], stillWaiting);
  }

  async #compareDatabase(database: string): Promise<void> {
    const [, , listing] = await this.#compare([['SELECT', database], ['DBSIZE'], ['KEYS', '*']]);
    const keys = itemsOf(listing!).map(({ text }) => text ?? '');
    const answers = await this.#compare(keys.flatMap(firstQuestions));
    for (const [index, key] of keys.entries()) {
      const [type, encoding] = answers.slice(index * QUESTIONS).map(textOf);
      const ordered = isOrdered(encoding!);
      await this.#compareContent(key, type!, ordered);
      await this.#exchangeDumps(key);
      const [, copied] = (await this.#compare(firstQuestions(COPY))).map(textOf);
      // A table is dumped in its own order, even if the copy is packed.
      await this.#compareContent(COPY, type!, ordered && isOrdered(copied!));
    }
    await this.#exchange(0, [['DEL', COPY]]);
  }

  async #compareContent(key: string, type: string, ordered: boolean): Promise<void> {
    const content = await this.#compare(contentQuestions(key, type), ordered);
    if (type !== 'stream') return;
    const groups = groupNames(content.at(-1)!);
    await this.#compare(groups.flatMap((group) => groupQuestions(key, group)));
  }

  /** Each server makes a copy of the other's value. */
  async #exchangeDumps(key: string): Promise<void> {
    const { ours, real } = await this.#exchange(0, [['DUMP', key]]);
    const restore = (dump: string): Command => ['RESTORE', COPY, '0', textOf(dump), 'REPLACE'];
    const [ourRestore, realRestore] = [restore(real[0]!), restore(ours[0]!)];
    this.#ours.send(0, [ourRestore]);
    this.#real.send(0, [realRestore]);
    const [realReply] = await this.#real.receive(0, [realRestore]);
    const [ourReply] = await this.#ours.receive(0, [ourRestore]);
    if (ourReply !== '+OK\r\n' || realReply !== '+OK\r\n')
      throw difference(['RESTORE', key], ourReply!, realReply!);
  }

  /** Asks both. @param exactly each byte of the replies counts. */
  async #compare(commands: readonly Command[], exactly = false): Promise<readonly string[]> {
    const { ours, real } = await this.#exchange(0, commands);
    for (const [index, command] of commands.entries()) {
      const [our, their] = [ours[index]!, real[index]!];
      const equal = exactly ? our === their : alike([command], our, their);
      if (!equal) throw difference(['final state:', ...command], our, their);
    }
    return real;
  }
}

function difference(command: Command, ours: string, real: string): Error {
  const line = command.map((argument) => JSON.stringify(argument)).join(' ');
  return new Error(`${line}\n  ours: ${JSON.stringify(ours)}\n  real: ${JSON.stringify(real)}`);
}
