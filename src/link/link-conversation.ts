import { errors, protocolFault } from '../errors.ts';
import type { EndReason } from '../instance/session.ts';
import type { RequestParser } from '../resp/request-parser.ts';
import { LARGE_BATCH } from '../server/engine.ts';
import type { Client, Conversation } from '../server/executor.ts';
import {
  AUTHENTICATED,
  CLOSE,
  LISTENING,
  LOCAL_ALLOWED,
  OPEN,
  openFrame,
  PROTOCOL_ERROR,
  REQUESTS,
  sealFrame,
  TIED,
  textFrame,
  WAITING,
} from './frame.ts';
import type { WorkerLink } from './worker-link.ts';
import type { ClientFacts } from './worker-report.ts';

/** A client with this many bytes of unanswered requests is not read from until they are answered. */
const MAX_UNANSWERED = 4 * 1024 * 1024;
const LOADING = Buffer.from(`-${errors.loading.message}\r\n`);
const NOTHING = new Uint8Array(0);

/** One client's conversation with the keyspace at the other end of the link. */
export class LinkConversation implements Conversation {
  /** Session flags as the last reply told them. */
  flags = 0;
  database = 0;

  readonly #link: WorkerLink;
  readonly #id: number;
  readonly #client: Client;
  /** Requests sent and not yet answered. */
  #unanswered = 0;
  /** Their bytes since all was answered last. */
  #unansweredBytes = 0;
  /** Requests of this read that are to be sent on: where they lie, and how many. */
  #source: Uint8Array = NOTHING;
  #from = 0;
  #to = 0;
  #count = 0;
  /** Until the first reply tells more, a client that came when there was no password owes none. */
  #cameFreely: boolean;
  /** The command answered here since the last report, unless the keyspace was asked since; or -1. */
  #localCommand = -1;
  #reportedQuery = 0;
  #reportedOutput = 0;

  constructor(link: WorkerLink, id: number, client: Client) {
    this.#link = link;
    this.#id = id;
    this.#client = client;
    this.#cameFreely = link.settings.values.requirepass === '';
  }

  /** What is on its way may be AUTH: only who owes a password and has sent nothing else is held to the strict limits. */
  get authenticated(): boolean {
    if ((this.flags & AUTHENTICATED) !== 0 || this.#link.settings.values.requirepass === '') return true;
    return this.#cameFreely || this.#unanswered > 0 || this.#count > 0;
  }

  get busy(): boolean {
    return this.#unanswered > 0 && (this.flags & WAITING) === 0;
  }

  get listening(): boolean {
    return (this.flags & (LISTENING | WAITING)) !== 0;
  }

  /** Makes the client known to the keyspace. */
  announce(): void {
    const { out } = this.#link;
    this.flags &= ~LOCAL_ALLOWED;
    this.#reportedQuery = 0;
    this.#reportedOutput = 0;
    const at = openFrame(out);
    out.latin1(`${this.#client.address} ${this.#client.localAddress}`);
    sealFrame(out, at, OPEN, this.#id, this.flags, this.database);
    this.#link.schedule();
  }

  begin(): void {
    this.#count = 0;
    this.#link.local.reply.clear();
  }

  execute(request: RequestParser): void {
    const link = this.#link;
    link.counters.commands++;
    if (this.#count === 0) {
      if (!link.up) {
        link.loadingReplies++;
        return this.#client.send(LOADING);
      }
      if (this.#answersLocally(request)) return;
      this.#from = request.begin;
      this.#source = request.source;
    } else if (request.source !== this.#source) {
      this.#forward();
      this.#from = request.begin;
      this.#source = request.source;
    }
    this.#to = request.end;
    this.#count++;
  }

  #answersLocally(request: RequestParser): boolean {
    const { local, localAllowed } = this.#link;
    if (!localAllowed || this.#unanswered > 0 || (this.flags & LOCAL_ALLOWED) === 0) return false;
    const command = local.answer(request);
    if (command < 0) return false;
    this.#localCommand = command;
    if (local.reply.length > LARGE_BATCH) this.#client.sendFrom(local.reply);
    return true;
  }

  finish(): boolean {
    const link = this.#link;
    if (link.local.reply.length > 0) this.#client.sendFrom(link.local.reply);
    if (this.#count > 0) this.#forward();
    // Who waits is read from on, to notice that he leaves; what he sends is held against a limit by the keyspace.
    const mayRead = this.#unansweredBytes <= MAX_UNANSWERED || (this.flags & WAITING) !== 0;
    return mayRead && !link.congested;
  }

  fail(message: string): void {
    if (!this.#link.up) {
      this.#client.send(Buffer.from(`-${protocolFault(message)}\r\n`, 'latin1'));
      return this.#client.close('protocol_error', false);
    }
    textFrame(this.#link.out, PROTOCOL_ERROR, this.#id, message);
    this.#unanswered++;
    this.#link.schedule();
  }

  close(): void {
    this.#link.forget(this.#id);
    if (!this.#link.up) return;
    sealFrame(this.#link.out, openFrame(this.#link.out), CLOSE, this.#id);
    this.#link.schedule();
  }

  /** Replies to `answered` requests. @returns true if the memory is still in use. */
  onReplies(bytes: Uint8Array, start: number, end: number, answered: number): boolean {
    if (answered > this.#unanswered)
      throw new Error(`${answered} answers to ${this.#unanswered} requests on the link`);
    this.#unanswered -= answered;
    this.#cameFreely = false;
    const kept = end > start && this.#client.sendShared(bytes, start, end);
    if (this.#unanswered === 0 && answered > 0) {
      this.#unansweredBytes = 0;
      this.#client.idle();
    } else if ((this.flags & WAITING) !== 0) {
      this.#client.idle();
    }
    return kept;
  }

  onPush(bytes: Uint8Array): void {
    this.#client.send(bytes);
  }

  onKill(reason: EndReason, immediately: boolean): void {
    this.#client.close(reason, immediately);
  }

  onDrain(): void {
    if (this.#unanswered === 0) this.#client.idle();
  }

  /** An unanswered client cannot know whether its command ran, and one in a transaction has lost it: both are cut. */
  onKeyspaceLost(): void {
    if (this.#unanswered > 0 || (this.flags & TIED) !== 0) this.#client.close('error', true);
    else this.#client.idle();
  }

  /** What has changed since the last call, if anything. */
  changedFacts(): ClientFacts | undefined {
    const { queryBytes, outputBytes } = this.#client;
    const command = this.#localCommand;
    if (command < 0 && queryBytes === this.#reportedQuery && outputBytes === this.#reportedOutput)
      return undefined;
    this.#localCommand = -1;
    this.#reportedQuery = queryBytes;
    this.#reportedOutput = outputBytes;
    return [this.#id, queryBytes, outputBytes, command];
  }

  #forward(): void {
    const { out } = this.#link;
    const length = this.#to - this.#from;
    const at = openFrame(out);
    out.raw(this.#source, this.#from, length);
    sealFrame(out, at, REQUESTS, this.#id, 0, 0, this.#count);
    this.#source = NOTHING;
    this.#unanswered += this.#count;
    this.#unansweredBytes += length;
    this.#count = 0;
    this.#localCommand = -1;
    this.#link.schedule();
  }
}
