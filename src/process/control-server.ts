import type { Server, Socket } from 'node:net';
import type { Logger } from '../log.ts';
import type { DownwardMessage, UpwardMessage } from './control-message.ts';
import { MessageStream } from './message-stream.ts';
import { listenUnix } from './sockets.ts';

/** A process that has introduced itself to the supervisor. */
export interface Member {
  readonly role: 'worker' | 'keyspace';
  readonly slot: number;
  readonly pid: number;
  /** It serves. */
  ready: boolean;
  /** Milliseconds of the supervisor's clock when it was last heard. */
  lastHeard: number;
  send(message: DownwardMessage): void;
}

export interface ControlServerOptions {
  readonly path: string;
  readonly log: Logger;
  readonly now: () => number;
  readonly onMessage: (member: Member, message: UpwardMessage) => void;
  readonly onGone: (member: Member) => void;
}

/** The supervisor's end of the lines to workers and keyspace. */
export class ControlServer {
  readonly members = new Set<Member>();
  readonly #options: ControlServerOptions;
  #server: Server | undefined;

  constructor(options: ControlServerOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#server = await listenUnix(this.#options.path, (socket) => this.#onSocket(socket));
  }

  stop(): void {
    this.#server?.close();
  }

  #onSocket(socket: Socket): void {
    let member: Member | undefined;
    const { now, onMessage, onGone, log } = this.#options;
    const stream = new MessageStream<UpwardMessage, DownwardMessage>(socket, (message) => {
      if (message.type === 'hello') {
        const { role, slot, pid } = message;
        member = { role, slot, pid, ready: false, lastHeard: now(), send: (order) => stream.send(order) };
        this.members.add(member);
      }
      if (member === undefined) throw new Error('a process spoke before it said who it is');
      member.lastHeard = now();
      if (message.type === 'ready') member.ready = true;
      onMessage(member, message);
    });
    socket.on('error', (error) => log.debug({ err: error }, 'a control line failed'));
    socket.on('close', () => {
      if (member === undefined) return;
      this.members.delete(member);
      onGone(member);
    });
  }
}
