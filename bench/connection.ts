import { connect, type Socket } from 'node:net';
import { BenchError } from './bench-error.ts';
import { type BatchedLoad, encode } from './requests.ts';

const REPLY_BOUND_MS = 120_000;

/** A connection for one request at a time. */
export class Connection {
  readonly #socket: Socket;
  #received = '';
  #onData: () => void = () => {};
  #onError: (error: Error) => void = () => {};

  private constructor(socket: Socket) {
    this.#socket = socket.setNoDelay(true).setEncoding('latin1');
    socket.on('data', (text: string) => {
      this.#received += text;
      this.#onData();
    });
    socket.on('error', (error) => this.#onError(error));
    socket.on('close', () => this.#onError(new BenchError('the server closed a connection')));
  }

  /** @throws the system's error. */
  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new Connection(socket));
      });
    });
  }

  /** Sends an inline command. @returns the first line of the reply, without its end. @throws BenchError */
  line(command: string): Promise<string> {
    return this.#ask(`${command}\r\n`, () => this.#takeLine(), command);
  }

  /** Sends a command of any words. @returns the first line of the reply, without its end. @throws BenchError if it is an error. */
  async command(...words: readonly string[]): Promise<string> {
    const line = await this.#ask(encode(...words), () => this.#takeLine(), words.slice(0, 2).join(' '));
    if (line.startsWith('-')) throw new BenchError(`${words[0]} is answered ${line}`);
    return line;
  }

  /** Sends a batch of a load and waits for all its replies. @throws BenchError if one of them is an error. */
  async batch(load: BatchedLoad, first: number): Promise<void> {
    const replies = await this.#ask(load.bytes(first), () => this.#takeLines(load.replyLines), 'a batch');
    const refused = /^-.*/m.exec(replies)?.[0];
    if (refused !== undefined) throw new BenchError(`a batch is answered ${refused}`);
  }

  /** Sends an inline command. @returns the bulk string that it answers, as latin1. @throws BenchError */
  bulk(command: string): Promise<string> {
    return this.#ask(`${command}\r\n`, () => this.#takeBulk(), command);
  }

  close(): void {
    this.#onError = () => {};
    this.#socket.destroy();
  }

  #ask(request: Buffer | string, take: () => string | undefined, name: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new BenchError(`no reply to ${name}`)), REPLY_BOUND_MS);
      this.#onError = (error) => {
        clearTimeout(timer);
        reject(error);
      };
      this.#onData = () => {
        const reply = take();
        if (reply === undefined) return;
        clearTimeout(timer);
        resolve(reply);
      };
      this.#socket.write(request);
    });
  }

  #takeLines(count: number): string | undefined {
    let lines = 0;
    for (let at = this.#received.indexOf('\n'); at >= 0; at = this.#received.indexOf('\n', at + 1)) lines++;
    if (lines < count) return undefined;
    const all = this.#received;
    this.#received = '';
    return all;
  }

  #takeLine(): string | undefined {
    const end = this.#received.indexOf('\r\n');
    if (end < 0) return undefined;
    const line = this.#received.slice(0, end);
    this.#received = this.#received.slice(end + 2);
    return line;
  }

  #takeBulk(): string | undefined {
    const header = this.#received.indexOf('\r\n');
    if (header < 0) return undefined;
    const end = header + 2 + Number(this.#received.slice(1, header));
    if (this.#received.length < end + 2) return undefined;
    const text = this.#received.slice(header + 2, end);
    this.#received = this.#received.slice(end + 2);
    return text;
  }
}
