import type { Socket } from 'node:net';
import { getSystemErrorName } from 'node:util';
import type { ByteSink } from '../resp/byte-writer.ts';
import { TailBlock } from './tail-block.ts';

/** Longer writes cost so much by themselves that Node's stream may have them. */
const MAX_DIRECT = 64 * 1024;
/** Making a view costs more than copying so many bytes. */
const SHORT = 256;

/** What a write is for the system; not public API of Node. */
interface WriteRequest {
  /** @returns -1 unless the system still has to do with it: it may be used again then. */
  getAsyncId(): number;
  oncomplete: (status: number) => void;
  /** Keeps the bytes from being collected while the system still needs them. */
  bytes: Uint8Array | undefined;
}

/** What a socket hides and a {@link SocketWriter} needs; not public API of Node. */
interface Handle {
  /** Bytes that the system has not taken yet. */
  readonly writeQueueSize: number;
  /** @returns 0, or the system's error. */
  writeBuffer(request: WriteRequest, bytes: Uint8Array): number;
}

const handleOf = (socket: object): Handle | undefined =>
  '_handle' in socket && isHandle(socket._handle) ? socket._handle : undefined;

const isHandle = (value: unknown): value is Handle =>
  typeof value === 'object' &&
  value !== null &&
  'writeBuffer' in value &&
  typeof value.writeBuffer === 'function' &&
  'writeQueueSize' in value &&
  typeof value.writeQueueSize === 'number';

/** Makes a request; known from Node's first own write on. */
let newRequest: (() => WriteRequest) | undefined;
/** The request of all writes that the system takes at once: it is done with it then. */
let request: WriteRequest | undefined;
/** Views of the first bytes of one memory, by length: short writes are copied there. */
let shortViews: Uint8Array[] = [];

/**
 * The writing half of a socket, past Node's stream, which makes some ten objects for a write and calls back a tick
 * later: a tenth of what a server does at one request a packet. What the system does not take at once it takes later.
 * What comes meanwhile is gathered in blocks, so that a client which does not read costs the bytes that it is owed and
 * not an object for each reply; the blocks, and what is long, wait in the stream.
 *
 * Where Node has changed and has no such handle, everything goes through the stream.
 */
export class SocketWriter implements ByteSink {
  readonly #socket: Socket;
  readonly #handle: Handle | undefined;
  /** Bytes past the stream that the system has not taken yet; at least 1 until it has said that it has them all. */
  #unsent = 0;
  /** The stream may hold something. */
  #streams = false;
  #corked = false;
  /** What comes behind all that waits in the stream. */
  readonly #tail = new TailBlock();
  readonly #onSent = (): void => this.#sendTail();

  constructor(socket: Socket) {
    this.#socket = socket;
    this.#handle = handleOf(socket);
  }

  get writableLength(): number {
    const waiting = this.#unsent + this.#tail.length;
    return this.#streams ? this.#socket.writableLength + waiting : waiting;
  }

  /** Writes bytes, which are not to be touched any more if {@link writableLength} is not 0 afterwards. */
  write(bytes: Uint8Array): void {
    if (this.#mustWait()) this.#wait(bytes, 0, bytes.length, false);
    else this.#writeNow(bytes);
  }

  /**
   * Writes `bytes[start..end)`, whose memory the caller wants back.
   * @returns true if the memory is not to be touched any more.
   */
  writeShared(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#mustWait()) {
      this.#wait(bytes, start, end, true);
      return false;
    }
    const isShort = end - start <= SHORT;
    this.#writeNow(isShort ? shortCopy(bytes, start, end - start) : bytes.subarray(start, end));
    if (this.writableLength === 0) return false;
    if (isShort) shortViews = [];
    return !isShort;
  }

  /** Holds back what is written from now on, until {@link uncork}. */
  cork(): void {
    this.#corked = true;
  }

  uncork(): void {
    this.#corked = false;
    this.#sendTail();
  }

  /** Sends FIN behind all that was written. @param onFinish called when the system has taken everything. */
  end(onFinish?: () => void): void {
    this.#corked = false;
    this.#streamTail();
    this.#socket.end(onFinish);
  }

  /** True if what is written now goes behind something that has not left. */
  #mustWait(): boolean {
    if (this.#streams) this.#streams = this.#socket.writableLength > 0;
    return this.#streams || this.#corked || this.#unsent > 0 || this.#tail.length > 0;
  }

  /** @param shared the caller wants the memory back. */
  #wait(bytes: Uint8Array, start: number, end: number, shared: boolean): void {
    if (this.#tail.append(bytes, start, end)) return;
    this.#streamTail();
    if (this.#tail.append(bytes, start, end)) return;
    const part = bytes.subarray(start, end);
    this.#stream(shared ? Buffer.from(part) : part);
  }

  /** What comes last goes too, once nothing is before it any more. */
  #sendTail(): void {
    if (this.#tail.length === 0 || this.#corked || this.#unsent > 0) return;
    if (this.#socket.writableLength === 0) this.#streamTail();
  }

  #streamTail(): void {
    if (this.#tail.length > 0) this.#stream(this.#tail.take());
  }

  #stream(bytes: Uint8Array): void {
    this.#streams = true;
    this.#socket.write(bytes, this.#onSent);
  }

  #writeNow(bytes: Uint8Array): void {
    const handle = this.#handle;
    if (handle === undefined || bytes.length > MAX_DIRECT) return this.#stream(bytes);
    if (newRequest === undefined) learnFrom(handle);
    if (request === undefined) this.#stream(bytes);
    else this.#writeDirectly(handle, request, bytes);
  }

  #writeDirectly(handle: Handle, current: WriteRequest, bytes: Uint8Array): void {
    const status = handle.writeBuffer(current, bytes);
    if (status !== 0) return this.#fail(status);
    // The queue alone does not tell: the second try of the system may have emptied it, and the request is in use still.
    if (current.getAsyncId() < 0) return;
    this.#unsent = Math.max(1, handle.writeQueueSize);
    current.bytes = bytes;
    current.oncomplete = (result) => {
      current.bytes = undefined;
      this.#unsent = 0;
      if (result === 0) this.#sendTail();
      else this.#fail(result);
    };
    request = newRequest?.();
  }

  /** A handle that is closed says nothing sensible, and there is nothing more to destroy. */
  #fail(status: number): void {
    if (this.#socket.destroyed) return;
    const code = getSystemErrorName(status);
    this.#socket.destroy(Object.assign(new Error(`write ${code}`), { code, syscall: 'write' }));
  }
}

/** Looks on when Node writes next, to see what a request is made of. */
const learnFrom = (handle: Handle): void => {
  handle.writeBuffer = (nodes, bytes) => {
    Reflect.deleteProperty(handle, 'writeBuffer');
    const WriteWrap = nodes.constructor;
    if (typeof nodes.getAsyncId === 'function') {
      newRequest = () => Reflect.construct(WriteWrap, []) as WriteRequest;
      request = newRequest();
    }
    return handle.writeBuffer(nodes, bytes);
  };
};

/** A copy that is valid until the next call. */
const shortCopy = (bytes: Uint8Array, start: number, length: number): Uint8Array => {
  if (shortViews.length === 0) {
    const memory = Buffer.allocUnsafeSlow(SHORT);
    for (let size = 0; size <= SHORT; size++) shortViews.push(memory.subarray(0, size));
  }
  const copy = shortViews[length]!;
  for (let i = 0; i < length; i++) copy[i] = bytes[start + i]!;
  return copy;
};
