import type { Server, Socket } from 'node:net';
import type { Logger } from '../log.ts';
import type { ProcessRole } from '../metrics/snapshot.ts';
import type { DownwardMessage, UpwardMessage } from './control-message.ts';
import { MessageStream } from './message-stream.ts';
import { listenUnix } from './sockets.ts';

/** A process that has introduced itself to the supervisor. */
export interface Member {
  readonly role: ProcessRole;
  readonly slot: number;
  readonly pid: number;
  /** Unix milliseconds. */
  readonly startedAt: number;
  /** It serves. */
  ready: boolean;
  /** The pid of the keyspace to which a worker says it is linked; null for none. */
  keyspace: number | null;
  /** It says goodbye to its clients and will end. */
  draining: boolean;
  /** Milliseconds of the supervisor's clock when it was last heard. */
  lastHeard: number;
  send(message: DownwardMessage): void;
  /** {@link MessageStream.offer} */
  offer(message: DownwardMessage): boolean;
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
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;

  constructor(options: ControlServerOptions) {
    this.#options = options;
  }

  /** Those of a role. */
  membersOf(role: ProcessRole): Member[] {
    return [...this.members].filter((member) => member.role === role);
  }

  /** @throws the system's error. */
  async start(): Promise<void> {
    this.#server = await listenUnix(this.#options.path, (socket) => this.#onSocket(socket));
  }

  stop(): void {
    this.#server?.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #onSocket(socket: Socket): void {
    let member: Member | undefined;
    const stream = new MessageStream<UpwardMessage, DownwardMessage>(socket, (message) => {
      if (message.type === 'hello') member = this.#welcome(message, stream);
      if (member === undefined) throw new Error('a process spoke before it said who it is');
      this.#onMessage(member, message);
    });
    this.#sockets.add(socket);
    socket.on('error', (error) => this.#options.log.debug({ err: error }, 'a control line failed'));
    socket.on('close', () => {
      this.#sockets.delete(socket);
      if (member !== undefined && this.members.delete(member)) this.#options.onGone(member);
    });
  }

  #welcome(
    { role, slot, pid, startedAt }: Extract<UpwardMessage, { type: 'hello' }>,
    stream: MessageStream<UpwardMessage, DownwardMessage>,
  ): Member {
    const member: Member = {
      role,
      slot,
      pid,
      startedAt,
      ready: false,
      keyspace: null,
      draining: false,
      lastHeard: this.#options.now(),
      send: (order) => stream.send(order),
      offer: (order) => stream.offer(order),
    };
    this.members.add(member);
    return member;
  }

  #onMessage(member: Member, message: UpwardMessage): void {
    member.lastHeard = this.#options.now();
    if (message.type === 'ready') member.ready = true;
    else if (message.type === 'link') member.keyspace = message.keyspace;
    else if (message.type === 'draining') member.draining = true;
    this.#options.onMessage(member, message);
  }
}
