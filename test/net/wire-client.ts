import { once } from 'node:events';
import net from 'node:net';

/** A client of a real server that counts and compares bytes, and reads only when it is told to. */
export class WireClient {
  readonly socket: net.Socket;
  /** Bytes that have come and were not asked for yet. */
  #pieces: Buffer[] = [];
  #length = 0;
  #ended = false;
  #wake: () => void = () => {};

  private constructor(socket: net.Socket) {
    this.socket = socket;
    socket.on('data', (piece: Buffer) => {
      this.#pieces.push(piece);
      this.#length += piece.length;
      this.#wake();
    });
    const end = () => {
      this.#ended = true;
      this.#wake();
    };
    socket.on('end', end);
    socket.on('error', end);
    socket.on('close', end);
  }

  /** @param from the address to connect from, where the ports of one do not suffice. @throws the socket's error. */
  static async open(port: number, host = '127.0.0.1', from?: string): Promise<WireClient> {
    const socket = net.connect({ port, host, noDelay: true, ...(from && { localAddress: from }) });
    await once(socket, 'connect');
    return new WireClient(socket);
  }

  send(bytes: string | Buffer): void {
    this.socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  }

  /** Waits for so many bytes. @throws if the connection ends before, or they do not come in time. */
  async receive(count: number, boundMs = 20_000): Promise<Buffer> {
    const deadline = performance.now() + boundMs;
    while (this.#length < count) {
      if (this.#ended) throw new Error(`the connection ended after ${this.#length} of ${count} bytes`);
      await this.#change(deadline);
    }
    const all = Buffer.concat(this.#pieces);
    this.#pieces = count === all.length ? [] : [all.subarray(count)];
    this.#length = all.length - count;
    return all.subarray(0, count);
  }

  /** Sends and waits for as many bytes as expected, which are to be compared; latin1. */
  async ask(request: string | Buffer, expected: string): Promise<string> {
    this.send(request);
    return (await this.receive(expected.length)).toString('latin1');
  }

  /** Sends a command line and waits for a bulk string. @returns its text. */
  async bulk(request: string): Promise<string> {
    this.send(`${request}\r\n`);
    let head = '';
    while (!head.endsWith('\r\n')) head += (await this.receive(1)).toString('latin1');
    const length = Number(/^[$=](\d+)\r\n$/.exec(head)?.[1]);
    if (Number.isNaN(length)) throw new Error(`no bulk string: ${head}`);
    return (await this.receive(length + 2)).toString('latin1', 0, length);
  }

  /** Waits until the server has closed. @returns what it still sent. */
  async ended(boundMs = 10_000): Promise<string> {
    const deadline = performance.now() + boundMs;
    while (!this.#ended) await this.#change(deadline);
    return Buffer.concat(this.#pieces).toString('latin1');
  }

  get hasEnded(): boolean {
    return this.#ended;
  }

  /** Takes nothing more from the system: the server's replies pile up. */
  stopReading(): void {
    this.socket.pause();
  }

  close(): void {
    this.socket.destroy();
  }

  #change(deadline: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`nothing came in time; ${this.#length} bytes so far`)),
        Math.max(0, deadline - performance.now()),
      );
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = () => {};
        resolve();
      };
    });
  }
}
