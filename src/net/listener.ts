import { createServer, type Server } from 'node:net';
import type { Executor } from '../server/executor.ts';
import { type BindAddress, bindAddress, isMissingAddress } from './bind-address.ts';
import { Connection } from './connection.ts';
import type { ConnectionLoop } from './connection-loop.ts';

export interface ListenerOptions {
  readonly hosts: readonly string[];
  /** 0 lets the system choose. */
  readonly port: number;
  readonly backlog: number;
}

/** The listening sockets of one process, one per address; what they accept becomes a {@link Connection}. */
export class Listener {
  readonly #loop: ConnectionLoop;
  readonly #executor: Executor;
  readonly #servers: Server[] = [];

  constructor(loop: ConnectionLoop, executor: Executor) {
    this.#loop = loop;
    this.#executor = executor;
  }

  /**
   * Listens on every address.
   * @returns the port, which matters when 0 was asked for.
   * @throws the system's error (EADDRINUSE, EACCES …); then nothing listens.
   */
  async listen({ hosts, port, backlog }: ListenerOptions): Promise<number> {
    let bound = port;
    const addresses = hosts.map(bindAddress);
    try {
      for (const address of addresses) bound = await this.#listenWhereFound(address, bound, backlog);
      // All of them may be missing, but one must be there.
      if (this.#servers.length === 0) await this.#listenOn(addresses[0]!, port, backlog);
    } catch (error) {
      await this.close();
      throw error;
    }
    this.#loop.start();
    return bound;
  }

  /** Accepts no more; the connections there are go on. */
  async close(): Promise<void> {
    for (const server of this.#servers) server.close();
    this.#servers.length = 0;
  }

  async #listenWhereFound(address: BindAddress, port: number, backlog: number): Promise<number> {
    try {
      return await this.#listenOn(address, port, backlog);
    } catch (error) {
      if (address.optional && isMissingAddress(error)) return port;
      throw error;
    }
  }

  async #listenOn({ host, ipv6Only }: BindAddress, port: number, backlog: number): Promise<number> {
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true });
    server.on('connection', (socket) => {
      const { tcpKeepalive } = this.#loop.settings.values;
      if (tcpKeepalive > 0) socket.setKeepAlive(true, tcpKeepalive * 1000);
      this.#loop.add(new Connection(this.#loop, socket, this.#executor));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port, backlog, ipv6Only }, () => {
        server.off('error', reject);
        resolve();
      });
    });
    server.on('error', (error) => this.#loop.log.error({ err: error }, 'a listening socket failed'));
    this.#servers.push(server);
    const address = server.address();
    return address !== null && typeof address === 'object' ? address.port : port;
  }
}
