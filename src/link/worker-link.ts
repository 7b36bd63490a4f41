import { createCommandTable } from '../commands/index.ts';
import type { Settings } from '../config/live.ts';
import { CLOSE_REASONS, type EndReason, REJECT_REASONS } from '../instance/session.ts';
import type { Logger } from '../log.ts';
import { uint32At } from '../memory/little-endian.ts';
import type { WorkerCounters } from '../metrics/worker-counters.ts';
import { type ByteSink, ByteWriter } from '../resp/byte-writer.ts';
import { LARGE_BATCH } from '../server/engine.ts';
import type { Client, Conversation, Executor } from '../server/executor.ts';
import { jsonFrame, KILL, LINK_VERSION, LOCAL_COMMANDS, PUSH, REPLIES, REPORT, SETTINGS } from './frame.ts';
import { FrameReader } from './frame-reader.ts';
import { LinkConversation } from './link-conversation.ts';
import { LocalCommands } from './local-commands.ts';
import type { ClientFacts, WorkerReport } from './worker-report.ts';

export interface WorkerLinkOptions {
  readonly settings: Settings;
  readonly log: Logger;
  readonly counters: WorkerCounters;
  /** The keyspace has sent its settings: for the first time, or again after a restart. */
  readonly onReady: () => void;
}

/** Above this many bytes waiting for the keyspace, clients are not read from until it has caught up. */
const CONGESTED = 64 * 1024 * 1024;
const MAX_ID = 2 ** 32 - 1;

/** The worker's end of the link: sends what clients ask to the keyspace and hands them the replies. */
export class WorkerLink implements Executor {
  readonly settings: Settings;
  readonly counters: WorkerCounters;
  readonly local: LocalCommands;
  readonly out = new ByteWriter();
  /** False while MONITOR or a pause is on somewhere, or the keyspace is away. */
  localAllowed = false;
  /** Requests answered `LOADING` since the last report. */
  loadingReplies = 0;

  readonly #log: Logger;
  readonly #onReady: () => void;
  readonly #conversations = new Map<number, LinkConversation>();
  readonly #reader = new FrameReader(() => this.#onFrame());
  #socket: ByteSink | undefined = undefined;
  #keyspace: number | null = null;
  #lastId = 0;
  #flushScheduled = false;
  /** A socket still holds memory of the read being handled. */
  #memoryKept = false;

  constructor({ settings, log, counters, onReady }: WorkerLinkOptions) {
    this.settings = settings;
    this.counters = counters;
    this.#log = log;
    this.#onReady = onReady;
    this.local = new LocalCommands(createCommandTable(), counters);
  }

  /** True while the keyspace is there. A connection alone says nothing: the system makes it with a dying process too. */
  get up(): boolean {
    return this.#keyspace !== null;
  }

  /** The pid of the keyspace that is {@link up}; null while there is none. */
  get keyspace(): number | null {
    return this.#keyspace;
  }

  get congested(): boolean {
    return (this.#socket?.writableLength ?? 0) > CONGESTED;
  }

  open(client: Client): Conversation {
    const id = this.#nextId();
    const conversation = new LinkConversation(this, id, client);
    this.#conversations.set(id, conversation);
    if (this.up) conversation.announce();
    return conversation;
  }

  forget(id: number): void {
    this.#conversations.delete(id);
  }

  /** There is a connection to the keyspace (again); it is {@link up} when it has been heard. */
  connect(socket: ByteSink): void {
    this.#socket = socket;
    this.#reader.reset();
    this.out.clear();
  }

  /** The keyspace is gone: who waited for an answer is cut, for nobody knows whether the command ran. */
  disconnect(): void {
    this.#socket = undefined;
    this.#keyspace = null;
    this.localAllowed = false;
    this.out.clear();
    for (const conversation of [...this.#conversations.values()]) conversation.onKeyspaceLost();
  }

  /**
   * Handles what the socket read.
   * @returns true if the memory is still in use and the next read must go elsewhere.
   */
  onRead(length: number, bytes: Uint8Array): boolean {
    this.#memoryKept = false;
    this.#reader.read(bytes, length);
    return this.#memoryKept;
  }

  /** The socket has room again after {@link congested}. */
  onDrain(): void {
    for (const conversation of this.#conversations.values()) conversation.onDrain();
  }

  /** Everything written to {@link out} in this turn of the event loop leaves in one write at its end, if it is not large. */
  schedule(): void {
    if (this.out.length > LARGE_BATCH) this.#flush();
    if (this.#flushScheduled) return;
    this.#flushScheduled = true;
    setImmediate(() => {
      this.#flushScheduled = false;
      this.#flush();
    });
  }

  /** Tells the keyspace what only this worker knows. */
  report(): void {
    if (!this.up) return;
    const clients: ClientFacts[] = [];
    for (const conversation of this.#conversations.values()) {
      const facts = conversation.changedFacts();
      if (facts !== undefined) clients.push(facts);
    }
    const { user, system } = process.cpuUsage();
    const report: WorkerReport = {
      traffic: { ...this.counters.traffic, cpuUser: user, cpuSystem: system },
      localCalls: this.local.takeCalls(),
      loadingReplies: this.loadingReplies,
      clients,
    };
    this.loadingReplies = 0;
    jsonFrame(this.out, REPORT, report);
    this.schedule();
  }

  #flush(): void {
    if (this.#socket === undefined) this.out.clear();
    else if (this.out.length > 0) this.out.sendTo(this.#socket);
  }

  /** 32 bits of the frame are for it, which many short connections may use up. */
  #nextId(): number {
    do {
      this.#lastId = (this.#lastId % MAX_ID) + 1;
    } while (this.#conversations.has(this.#lastId));
    return this.#lastId;
  }

  #onFrame(): void {
    const { type } = this.#reader;
    if (type === REPLIES) this.#onReplies();
    else if (type === PUSH) this.#onPush();
    else if (type === KILL) this.#onKill();
    else if (type === LOCAL_COMMANDS) this.localAllowed = this.#reader.count === 1;
    else if (type === SETTINGS) this.#onSettings();
    else throw new Error(`unknown frame type ${type} on the link`);
  }

  #onReplies(): void {
    const reader = this.#reader;
    const conversation = this.#conversations.get(reader.session);
    if (conversation === undefined) return;
    conversation.flags = reader.flags;
    conversation.database = reader.database;
    if (conversation.onReplies(reader.bytes, reader.start, reader.end, reader.count)) this.#memoryKept = true;
  }

  #onPush(): void {
    const { bytes, start, end, count } = this.#reader;
    if (start + count * 4 > end) throw new Error(`a push to ${count} clients that are not named on the link`);
    const payload = Buffer.from(bytes.subarray(start + count * 4, end));
    for (let i = 0; i < count; i++) this.#conversations.get(uint32At(bytes, start + i * 4))?.onPush(payload);
  }

  #onKill(): void {
    const { session, count } = this.#reader;
    const reason = this.#reader.text();
    if (!isEndReason(reason)) throw new Error('an unknown reason to end a connection on the link');
    this.#conversations.get(session)?.onKill(reason, count === 1);
  }

  #onSettings(): void {
    const { version, keyspace, settings } = this.#reader.json() as {
      version: number;
      keyspace: number;
      settings: Array<[string, string]>;
    };
    if (version !== LINK_VERSION) {
      throw new Error(`the keyspace speaks version ${version} of the link, this worker ${LINK_VERSION}`);
    }
    this.settings.set(settings);
    this.#log.debug('settings received from the keyspace');
    if (!this.up) this.#begin(keyspace);
    this.#onReady();
  }

  /** The keyspace is there (again): it learns of every client that waited for it. */
  #begin(keyspace: number): void {
    this.#keyspace = keyspace;
    for (const conversation of this.#conversations.values()) conversation.announce();
  }
}

const END_REASONS: ReadonlySet<string> = new Set([...CLOSE_REASONS, ...REJECT_REASONS]);

const isEndReason = (text: string): text is EndReason => END_REASONS.has(text);
