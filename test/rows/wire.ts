import net from 'node:net';
import { readReply } from './reply-tree.ts';

/** Never reached unless something hangs: a busy machine may take seconds for what a quiet one does in milliseconds. */
const REPLY_BOUND_MS = 30_000;

/** The bytes of one command as clients send it: an array of bulk strings. */
export function encodeCommand(argv: readonly (Buffer | string)[]): Buffer {
  const parts: Buffer[] = [Buffer.from(`*${argv.length}\r\n`)];
  for (const argument of argv) {
    const bytes = typeof argument === 'string' ? Buffer.from(argument) : argument;
    parts.push(Buffer.from(`$${bytes.length}\r\n`), bytes, Buffer.from('\r\n'));
  }
  return Buffer.concat(parts);
}

/** A RESP client that hides nothing: bytes go out as given and come back one whole reply at a time. */
export class WireConnection {
  readonly #socket: net.Socket;
  #received: Buffer = Buffer.alloc(0);
  #ended = false;
  #wake: (() => void) | undefined;

  private constructor(socket: net.Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
      this.#wake?.();
    });
    const end = () => {
      this.#ended = true;
      this.#wake?.();
    };
    // A peer that closes with our bytes unread resets the connection: that is an end like any other.
    socket.on('error', end);
    socket.on('close', end);
    socket.on('end', end);
  }

  /** Connects to 127.0.0.1 at `port`. @throws the socket's error when nobody listens. */
  static open(port: number): Promise<WireConnection> {
    return new Promise((resolve, reject) => {
      const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new WireConnection(socket));
      });
    });
  }

  /** Our end as the server shows it: `127.0.0.1:port`. */
  get localAddress(): string {
    return `127.0.0.1:${this.#socket.localPort}`;
  }

  /** True if the server has sent something that was not received yet. */
  get hasReceived(): boolean {
    return this.#received.length > 0;
  }

  /** Sends bytes as they are. */
  send(bytes: Buffer): void {
    this.#socket.write(bytes);
  }

  /** Sends one command and waits for its reply: the exact bytes, latin1 (one character per byte). */
  async call(...argv: readonly (Buffer | string)[]): Promise<string> {
    this.send(encodeCommand(argv));
    return this.receive();
  }

  /** Waits for the next whole reply. @throws when the peer closes or stays silent beyond the bound. */
  async receive(boundMs: number = REPLY_BOUND_MS): Promise<string> {
    const reply = await this.#until(boundMs, () => {
      const whole = this.#received.length === 0 ? undefined : readReply(this.#received, 0);
      if (whole === undefined && this.#ended) throw new Error('connection closed by the server');
      return whole;
    });
    const bytes = this.#received.toString('latin1', 0, reply.end);
    this.#received = this.#received.subarray(reply.end);
    return bytes;
  }

  /** Waits until the peer has closed. @returns what it still sent before that. */
  ended(boundMs: number = REPLY_BOUND_MS): Promise<string> {
    return this.#until(boundMs, () => (this.#ended ? this.#received.toString('latin1') : undefined));
  }

  /** Tells the server that nothing more will come; what it still sends is received. */
  endSending(): void {
    this.#socket.end();
  }

  /** Closes our side at once. */
  close(): void {
    this.#socket.destroy();
  }

  async #until<T>(boundMs: number, probe: () => T | undefined): Promise<T> {
    const deadline = Date.now() + boundMs;
    for (;;) {
      const found = probe();
      if (found !== undefined) return found;
      await this.#change(deadline);
    }
  }

  #change(deadline: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#wake = undefined;
        const got = JSON.stringify(this.#received.toString('latin1', 0, 200));
        reject(new Error(`no whole reply within the bound; received so far: ${got}`));
      }, deadline - Date.now());
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
    });
  }
}
