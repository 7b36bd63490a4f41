import type { Socket } from 'node:net';

const MAX_LINE = 16 * 1024 * 1024;

/** Messages over a socket, one JSON value a line. */
export class MessageStream<Incoming, Outgoing> {
  readonly #socket: Socket;
  #partial = '';

  /** @param onMessage called for each message; what it throws ends the connection. */
  constructor(socket: Socket, onMessage: (message: Incoming) => void) {
    this.#socket = socket;
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      try {
        this.#read(text, onMessage);
      } catch (error) {
        socket.destroy(error instanceof Error ? error : new Error(String(error)));
      }
    });
    socket.resume();
  }

  send(message: Outgoing): void {
    if (this.#socket.writable) this.#socket.write(`${JSON.stringify(message)}\n`);
  }

  /** Sends what the next one will replace, unless the other side has not yet taken what it was sent. @returns if so. */
  offer(message: Outgoing): boolean {
    if (this.#socket.writableLength > 0) return false;
    this.send(message);
    return true;
  }

  /** Sends what is left and ends the connection. @returns when the other side has taken it, or 1 s later. */
  end(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#socket.destroyed) return resolve();
      const timer = setTimeout(resolve, 1000);
      this.#socket.once('close', () => {
        clearTimeout(timer);
        resolve();
      });
      this.#socket.end();
    });
  }

  #read(text: string, onMessage: (message: Incoming) => void): void {
    const lines = (this.#partial + text).split('\n');
    this.#partial = lines.pop() ?? '';
    if (this.#partial.length > MAX_LINE) throw new Error('a control message is too long');
    for (const line of lines) onMessage(JSON.parse(line) as Incoming);
  }
}
