import { type Config, configFrom } from '../../src/config/config.ts';
import { Settings } from '../../src/config/live.ts';
import type { KeyspaceLink } from '../../src/link/keyspace-link.ts';
import { KeyspaceServer } from '../../src/link/keyspace-server.ts';
import { WorkerLink } from '../../src/link/worker-link.ts';
import { createLogger } from '../../src/log.ts';
import { WorkerCounters } from '../../src/metrics/worker-counters.ts';
import { Connection } from '../../src/net/connection.ts';
import { ConnectionLoop } from '../../src/net/connection-loop.ts';
import { Engine } from '../../src/server/engine.ts';
import { ScriptedSocket } from '../net/scripted-socket.ts';

const SCRIBBLE = 0xee;
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Into how large pieces the bytes on a link are cut; called for each piece. */
export type Cutter = () => number;

/** The keyspace's side: an engine, and its end of the links. */
export class KeyspaceStage {
  readonly engine: Engine;
  readonly server: KeyspaceServer;
  readonly logged: string[] = [];

  constructor(options: Partial<Config> = {}) {
    const config = configFrom({ logLevel: 'info', ...options });
    const log = createLogger(config, { role: 'test' }, { write: (line) => this.logged.push(line) });
    this.engine = new Engine({ settings: new Settings(config), log, shutdown: () => {} });
    this.server = new KeyspaceServer(this.engine);
  }
}

/**
 * A worker without a network, and its link to a keyspace. Bytes cross the link when {@link settle} is awaited, in pieces
 * that lie in a buffer which is used again, as with real sockets.
 */
export class WorkerStage {
  readonly counters = new WorkerCounters();
  readonly settings: Settings;
  readonly link: WorkerLink;
  readonly loop: ConnectionLoop;
  /** What the keyspace writes to. */
  toWorker = new ScriptedSocket();
  /** How often the keyspace has sent its settings. */
  greetings = 0;
  /** What went wrong at the keyspace's end, which has closed the link then. */
  failure: unknown;
  cut: Cutter;
  #toKeyspace: Buffer[] = [];
  #end: KeyspaceLink | undefined;
  #readBuffer = Buffer.alloc(256 * 1024);
  readonly #keyspaceBuffer = Buffer.alloc(256 * 1024);
  #port = 40_000;
  #keyspace: KeyspaceStage;

  constructor(keyspace: KeyspaceStage, cut: Cutter = () => 1 << 20, options: Partial<Config> = {}) {
    const config = configFrom({ logLevel: 'silent', ...options });
    const log = createLogger(config, { role: 'test' });
    const { counters } = this;
    this.settings = new Settings(config);
    this.link = new WorkerLink({
      settings: this.settings,
      log,
      counters,
      onReady: () => {
        this.greetings++;
      },
    });
    this.loop = new ConnectionLoop({ settings: this.settings, log, counters });
    this.cut = cut;
    this.#keyspace = keyspace;
    this.reconnect(keyspace);
  }

  /** Joins the link to a keyspace, which may be another than before. */
  reconnect(keyspace = this.#keyspace): void {
    this.#keyspace = keyspace;
    this.toWorker = new ScriptedSocket();
    this.failure = undefined;
    this.#end = keyspace.server.add(this.toWorker);
    this.link.connect({
      writableLength: 0,
      write: (bytes: Uint8Array) => this.#toKeyspace.push(Buffer.from(bytes)),
    });
  }

  /** The link breaks; what was under way on it is lost. */
  disconnect(): void {
    this.#toKeyspace = [];
    this.toWorker.hear();
    if (this.#end !== undefined) this.#keyspace.server.remove(this.#end);
    this.#end = undefined;
    this.link.disconnect();
  }

  /** A client that has connected to the worker. */
  connect(address?: string): ScriptedSocket {
    const socket = new ScriptedSocket(address, this.#port++);
    socket.onTurnEnd = () => this.loop.outbox.flush();
    this.loop.add(new Connection(this.loop, socket, this.link));
    return socket;
  }

  /** A client sends, and gets what comes back when all is done. */
  async ask(client: ScriptedSocket, text: string | Buffer): Promise<string> {
    client.say(text);
    await settle(this);
    return client.hear();
  }

  /** Bytes cross the link, in both directions, one piece each. @returns false if there were none. */
  move(): boolean {
    const up = this.#moveUp();
    return this.#moveDown() || up;
  }

  /** Puts bytes on the link as if the worker had written them. */
  inject(bytes: Buffer): void {
    this.#toKeyspace.push(bytes);
  }

  #moveUp(): boolean {
    const sent = Buffer.concat(this.#toKeyspace);
    if (sent.length === 0 || this.#end === undefined || this.toWorker.paused) return false;
    const size = Math.min(Math.max(1, this.cut()), sent.length, this.#keyspaceBuffer.length);
    this.#toKeyspace = [sent.subarray(size)];
    sent.copy(this.#keyspaceBuffer, 0, 0, size);
    try {
      this.#end.onRead(size, this.#keyspaceBuffer);
    } catch (error) {
      this.failure = error;
      this.disconnect();
    }
    this.#keyspaceBuffer.fill(SCRIBBLE, 0, size);
    return true;
  }

  #moveDown(): boolean {
    const sent = Buffer.from(this.toWorker.hear(), 'latin1');
    if (sent.length === 0) return false;
    for (let at = 0; at < sent.length; ) {
      const size = Math.min(Math.max(1, this.cut()), sent.length - at, this.#readBuffer.length);
      sent.copy(this.#readBuffer, 0, at, at + size);
      if (this.link.onRead(size, this.#readBuffer)) this.#readBuffer = Buffer.alloc(256 * 1024);
      else this.#readBuffer.fill(SCRIBBLE, 0, size);
      at += size;
    }
    return true;
  }
}

/** Lets everything happen that is under way, until nothing moves any more. */
export async function settle(...workers: readonly WorkerStage[]): Promise<void> {
  for (let quiet = 0; quiet < 3; quiet++) {
    await turn();
    for (const worker of workers) if (worker.move()) quiet = 0;
  }
}

/** A keyspace with some workers, which know its settings. */
export async function stages(
  count = 1,
  options = {},
): Promise<{ keyspace: KeyspaceStage; workers: WorkerStage[] }> {
  const keyspace = new KeyspaceStage(options);
  const workers = Array.from({ length: count }, () => new WorkerStage(keyspace));
  await settle(...workers);
  return { keyspace, workers };
}

/** A keyspace with one worker. */
export async function one(options = {}): Promise<{ keyspace: KeyspaceStage; worker: WorkerStage }> {
  const { keyspace, workers } = await stages(1, options);
  return { keyspace, worker: workers[0]! };
}
