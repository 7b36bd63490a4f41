import net from 'node:net';
import type { Scope } from '../process/server-process.ts';
import { encodeCommand } from '../rows/wire.ts';

/** How often commands are sent, in milliseconds. */
const TICK = 10;

const COMMAND = encodeCommand(['INCR', 'steady']);

/** Clients that together send so many commands a second, and connect again when they lose their server. */
export class SteadyLoad {
  readonly #port: number;
  readonly #perSecond: number;
  readonly #sockets: net.Socket[] = [];
  readonly #timer: NodeJS.Timeout;
  readonly #begun = performance.now();
  #sent = 0;
  #running = true;

  private constructor(port: number, perSecond: number, clients: number) {
    this.#port = port;
    this.#perSecond = perSecond;
    for (let i = 0; i < clients; i++) this.#connect();
    this.#timer = setInterval(() => this.#tick(), TICK);
  }

  /** Starts it, until the scope ends. */
  static start(scope: Scope, port: number, perSecond: number, clients: number): SteadyLoad {
    const load = new SteadyLoad(port, perSecond, clients);
    scope.after(() => load.stop());
    return load;
  }

  #connect(): void {
    if (!this.#running) return;
    const socket = net.connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    socket.on('connect', () => this.#sockets.push(socket));
    socket.on('error', () => {});
    socket.on('close', () => {
      const at = this.#sockets.indexOf(socket);
      if (at >= 0) this.#sockets.splice(at, 1);
      setTimeout(() => this.#connect(), TICK);
    });
    socket.resume();
  }

  /** What is due is dealt out; never more at once than in a tenth of a second, so that a pause makes no burst. */
  #tick(): void {
    const due = ((performance.now() - this.#begun) / 1000) * this.#perSecond - this.#sent;
    this.#sent += Math.max(0, Math.floor(due));
    const sent = Math.min(Math.floor(due), this.#perSecond / 10);
    for (let i = 0; i < sent; i++) {
      const socket = this.#sockets.shift();
      if (socket === undefined) return;
      socket.write(COMMAND);
      this.#sockets.push(socket);
    }
  }

  stop(): void {
    this.#running = false;
    clearInterval(this.#timer);
    for (const socket of this.#sockets) socket.destroy();
  }
}
