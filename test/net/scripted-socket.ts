import { Socket } from 'node:net';

/** Bytes that no client sends: they show where somebody looks at memory that is not his any more. */
const SCRIBBLE = 0xee;

/**
 * An accepted socket without a network: a test says what the client sends and when it takes what is sent to it. What it
 * is given to read lies in one buffer that is scribbled over after each read, as the buffer of all real sockets is used
 * again; and what it is written to is looked at only when the client takes it.
 */
export class ScriptedSocket extends Socket {
  /** The client takes what it is sent. */
  taking = true;
  /** The server has sent FIN. */
  ended = false;
  paused = false;
  /** Called when the server has seen what there was: its turn of the event loop is over. */
  onTurnEnd: () => void = () => {};
  readonly #shared = Buffer.alloc(256 * 1024);
  readonly #taken: Buffer[] = [];
  /** Written and not taken. */
  #held: Array<{ bytes: Buffer; done: () => void }> = [];
  #toRead: Buffer[] = [];
  #half = false;

  constructor(address = '127.0.0.1', port = 40_000) {
    super({ allowHalfOpen: true });
    Object.defineProperties(this, {
      remoteAddress: { value: address },
      remotePort: { value: port },
      localAddress: { value: '127.0.0.1' },
      localPort: { value: 6379 },
    });
  }

  /** The client sends bytes; the server sees them now, in pieces that end where `cuts` say. */
  say(text: string | Buffer, cuts: readonly number[] = []): void {
    const bytes = typeof text === 'string' ? Buffer.from(text, 'latin1') : text;
    const ends = [...new Set([...cuts, bytes.length])].filter((end) => end > 0).sort((a, b) => a - b);
    let from = 0;
    for (const end of ends) {
      this.#toRead.push(Buffer.from(bytes.subarray(from, end)));
      from = end;
    }
    this.#read();
  }

  /** The client sends FIN. */
  sayNoMore(): void {
    this.#half = true;
    this.#read();
  }

  /** The client takes all that was sent, and from now on at once. */
  catchUp(): void {
    this.taking = true;
    const held = this.#held;
    this.#held = [];
    for (const { bytes, done } of held) {
      this.#taken.push(Buffer.from(bytes));
      done();
    }
  }

  /** All that the client has taken, one character per byte. */
  get heard(): string {
    return Buffer.concat(this.#taken).toString('latin1');
  }

  /** What the client has taken since the last call. */
  hear(): string {
    const { heard } = this;
    this.#taken.length = 0;
    return heard;
  }

  override pause(): this {
    this.paused = true;
    return this;
  }

  override resume(): this {
    this.paused = false;
    setImmediate(() => this.#read());
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (!this.taking) {
      this.#held.push({ bytes: chunk, done });
      return;
    }
    this.#taken.push(Buffer.from(chunk));
    done();
  }

  override _writev(chunks: Array<{ chunk: Buffer }>, done: () => void): void {
    for (const { chunk } of chunks.slice(0, -1)) this._write(chunk, 'latin1', () => {});
    this._write(chunks.at(-1)!.chunk, 'latin1', done);
  }

  override _final(done: () => void): void {
    this.ended = true;
    done();
  }

  override _destroy(_error: Error | null, done: () => void): void {
    this.#toRead = [];
    done();
    process.nextTick(() => this.emit('close', false));
  }

  #read(): void {
    while (!this.paused && !this.destroyed) {
      const piece = this.#toRead.shift();
      if (piece === undefined) break;
      this.#readPiece(piece);
    }
    if (this.#half && !this.paused && !this.destroyed && this.#toRead.length === 0) {
      this.#half = false;
      this.emit('end');
    }
    this.onTurnEnd();
  }

  #readPiece(piece: Buffer): void {
    const size = Math.min(piece.length, this.#shared.length);
    piece.copy(this.#shared, 0, 0, size);
    if (size < piece.length) this.#toRead.unshift(piece.subarray(size));
    this.emit('data', this.#shared.subarray(0, size));
    this.#shared.fill(SCRIBBLE, 0, size);
  }
}
