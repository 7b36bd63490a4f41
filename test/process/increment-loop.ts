import net from 'node:net';
import type { Scope } from './server-process.ts';

/** What a loop has seen. Every field but the first two says that something went wrong. */
export interface Tally {
  answered: number;
  /** Connections that the server ended with FIN. */
  goodbyes: number;
  /** Commands that were sent and never answered. */
  lost: number;
  /** Connections that could not be made. */
  refused: number;
  /** Connections that ended by an error. */
  broken: number;
  /** Answers that are not the next number: errors, or counted without being answered. */
  wrong: string[];
}

/** How a loop behaves. */
export interface LoopOptions {
  readonly port: number;
  /** A key that nobody else uses. */
  readonly key: string;
  /** Commands sent at once. */
  readonly pipeline?: number;
  /** Do not connect again after a goodbye. */
  readonly once?: boolean;
  /** Send the next commands at once, whether the server is about to say goodbye or not. */
  readonly hasty?: boolean;
}

/** How long a client that is not hasty thinks before it asks again: time in which a goodbye reaches it. */
const THOUGHT_MS = 50;

/** A client that increments a key of its own over and over, and connects again when the server says goodbye. */
export class IncrementLoop {
  readonly tally: Tally = { answered: 0, goodbyes: 0, lost: 0, refused: 0, broken: 0, wrong: [] };
  readonly #options: LoopOptions;
  readonly #batch: Buffer;
  readonly #size: number;
  #running = true;
  #done: Promise<void> = Promise.resolve();

  constructor(options: LoopOptions) {
    this.#options = options;
    this.#size = options.pipeline ?? 1;
    const { length } = options.key;
    this.#batch = Buffer.from(`*2\r\n$4\r\nINCR\r\n$${length}\r\n${options.key}\r\n`.repeat(this.#size));
  }

  start(): this {
    this.#done = this.#run();
    return this;
  }

  /** Ends after the commands that are under way. */
  async stop(): Promise<Tally> {
    this.#running = false;
    await this.#done;
    return this.tally;
  }

  async #run(): Promise<void> {
    while (this.#running) {
      const socket = await this.#connect();
      if (socket === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
      else await this.#converse(socket);
      if (this.#options.once) return;
    }
  }

  #connect(): Promise<net.Socket | undefined> {
    return new Promise((resolve) => {
      const socket = net.connect({ port: this.#options.port, host: '127.0.0.1', noDelay: true });
      const refuse = () => {
        this.tally.refused++;
        resolve(undefined);
      };
      socket.once('error', refuse);
      socket.once('connect', () => {
        socket.off('error', refuse);
        resolve(socket);
      });
    });
  }

  async #converse(socket: net.Socket): Promise<void> {
    const { tally } = this;
    let ended = false;
    let pending = 0;
    let partial = '';
    let wake = () => {};
    socket.setEncoding('latin1').on('data', (text: string) => {
      const lines = (partial + text).split('\r\n');
      partial = lines.pop() ?? '';
      for (const line of lines) this.#check(line);
      pending -= lines.length;
      if (pending === 0) wake();
    });
    socket.on('end', () => tally.goodbyes++);
    socket.on('error', () => tally.broken++);
    socket.on('close', () => {
      ended = true;
      wake();
    });
    while (this.#running && !ended && !socket.readableEnded) {
      pending = this.#size;
      socket.write(this.#batch);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      if (!this.#options.hasty) await new Promise((resolve) => setTimeout(resolve, THOUGHT_MS));
    }
    tally.lost += pending;
    socket.destroy();
  }

  #check(line: string): void {
    const { tally } = this;
    if (line === `:${tally.answered + 1}`) tally.answered++;
    else tally.wrong.push(`${line} after ${tally.answered}`);
  }
}

/** Several loops at once, each on a key of its own that begins with `name`. They end with the test at the latest. */
export function startLoops(
  scope: Scope,
  count: number,
  options: Omit<LoopOptions, 'key'>,
  name = 'loop',
): IncrementLoop[] {
  const loops = Array.from({ length: count }, (_, i) =>
    new IncrementLoop({ ...options, key: name + i }).start(),
  );
  scope.after(async () => {
    await stopLoops(loops);
  });
  return loops;
}

/** Stops loops. @returns what they have seen together. */
export async function stopLoops(loops: readonly IncrementLoop[]): Promise<Tally> {
  const tallies = await Promise.all(loops.map((loop) => loop.stop()));
  const sum = (name: Exclude<keyof Tally, 'wrong'>) =>
    tallies.reduce((total, tally) => total + tally[name], 0);
  return {
    answered: sum('answered'),
    goodbyes: sum('goodbyes'),
    lost: sum('lost'),
    refused: sum('refused'),
    broken: sum('broken'),
    wrong: tallies.flatMap(({ wrong }) => wrong),
  };
}
