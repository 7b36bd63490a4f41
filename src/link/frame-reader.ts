import { uint32At } from '../memory/little-endian.ts';
import { MAX_SIZE } from '../resp/byte-writer.ts';
import { latin1 } from '../resp/latin1.ts';
import { PendingBytes } from '../resp/pending-bytes.ts';
import { HEADER_BYTES } from './frame.ts';

const NOTHING = new Uint8Array(0);

/** Frames as they come in, cut out of reads that end anywhere. The fields are those of the frame being handled. */
export class FrameReader {
  bytes: Uint8Array = NOTHING;
  /** Where the payload begins and ends (exclusive) in {@link bytes}. */
  start = 0;
  end = 0;
  type = 0;
  flags = 0;
  database = 0;
  session = 0;
  count = 0;

  #pending: PendingBytes | undefined = undefined;
  /** Length at which the pending frame is whole. */
  #needed = 0;
  readonly #onFrame: () => void;

  /** @param onFrame called for each frame; the payload is valid during the call. */
  constructor(onFrame: () => void) {
    this.#onFrame = onFrame;
  }

  /** The payload as JSON. */
  json(): unknown {
    return JSON.parse(Buffer.from(this.payload()).toString());
  }

  /** The payload as text, one character per byte. */
  text(): string {
    return latin1(this.bytes, this.start, this.end - this.start);
  }

  payload(): Uint8Array {
    return this.bytes.subarray(this.start, this.end);
  }

  /** Forgets an incomplete frame: what is read next is the beginning of a stream. */
  reset(): void {
    this.#pending = undefined;
  }

  /**
   * Handles the frames that `bytes[0..length)` completes and keeps the incomplete rest. A payload lies either in `bytes`
   * or in memory that is not written to again.
   * @throws what the handler throws, and for a length that no frame has: the stream is of no use any more.
   */
  read(bytes: Uint8Array, length: number): void {
    let at = 0;
    for (let pending = this.#pending; pending !== undefined && at < length; pending = this.#pending) {
      const to = Math.min(length, at + this.#needed - pending.length);
      pending.append(bytes, at, to, this.#needed);
      at = to;
      if (pending.length < this.#needed) return;
      this.#complete(pending);
    }
    if (at < length) this.#readAll(bytes, at, length);
  }

  /** What was needed has come: the frame, or the header that says how long it is. */
  #complete(pending: PendingBytes): void {
    const rest = this.#frames(pending.bytes, 0, pending.length);
    if (rest > 0) this.#pending = undefined;
    this.bytes = NOTHING;
  }

  #readAll(bytes: Uint8Array, from: number, to: number): void {
    const rest = this.#frames(bytes, from, to);
    this.bytes = NOTHING;
    if (rest < to) this.#pending = new PendingBytes(bytes, rest, to, this.#needed);
  }

  /** @returns where the incomplete rest begins. */
  #frames(bytes: Uint8Array, from: number, length: number): number {
    let at = from;
    this.#needed = HEADER_BYTES;
    while (at + HEADER_BYTES <= length) {
      const size = uint32At(bytes, at);
      if (size > MAX_SIZE) throw new Error(`a frame of ${size} bytes on the link`);
      const end = at + HEADER_BYTES + size;
      if (end > length) {
        this.#needed = end - at;
        return at;
      }
      this.#handle(bytes, at, end);
      at = end;
    }
    return at;
  }

  #handle(bytes: Uint8Array, at: number, end: number): void {
    const kind = uint32At(bytes, at + 8);
    this.bytes = bytes;
    this.start = at + HEADER_BYTES;
    this.end = end;
    this.session = uint32At(bytes, at + 4);
    this.type = kind & 0xff;
    this.flags = (kind >>> 8) & 0xff;
    this.database = (kind >>> 16) & 0xff;
    this.count = uint32At(bytes, at + 12);
    this.#onFrame();
  }
}
