import { getWord, HEADER_BYTES } from './frame.ts';

/** No frame is longer: a bulk of 512 MiB and room for the rest of its request, or the replies of one batch. */
const MAX_PAYLOAD = 2 ** 32 - 1 - HEADER_BYTES;

/** Frames as they come in, cut out of reads that end anywhere. The fields are those of the frame being handled. */
export class FrameReader {
  bytes: Uint8Array = new Uint8Array(0);
  /** Where the payload begins and ends (exclusive) in {@link bytes}. */
  start = 0;
  end = 0;
  type = 0;
  flags = 0;
  database = 0;
  session = 0;
  count = 0;

  #tail: Buffer = Buffer.alloc(0);
  #tailLength = 0;
  /** Length at which the tail's first frame is whole. */
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
    return Buffer.from(this.payload()).toString('latin1');
  }

  payload(): Uint8Array {
    return this.bytes.subarray(this.start, this.end);
  }

  /** Handles the frames that `bytes[0..length)` completes and keeps the incomplete rest. */
  read(bytes: Uint8Array, length: number): void {
    if (this.#tailLength === 0) {
      const rest = this.#frames(bytes, length);
      if (rest < length) this.#keep(bytes, rest, length);
      return;
    }
    this.#append(bytes, length);
    if (this.#tailLength < this.#needed) return;
    const tail = this.#tail;
    const tailLength = this.#tailLength;
    this.#tailLength = 0;
    const rest = this.#frames(tail, tailLength);
    if (rest < tailLength) this.#keep(tail, rest, tailLength);
    else this.#tail = Buffer.alloc(0);
  }

  #frames(bytes: Uint8Array, length: number): number {
    let at = 0;
    while (at + HEADER_BYTES <= length) {
      const end = at + HEADER_BYTES + getWord(bytes, at);
      if (end > length) {
        this.#needed = end - at;
        return at;
      }
      const kind = getWord(bytes, at + 8);
      this.bytes = bytes;
      this.start = at + HEADER_BYTES;
      this.end = end;
      this.session = getWord(bytes, at + 4);
      this.type = kind & 0xff;
      this.flags = (kind >>> 8) & 0xff;
      this.database = (kind >>> 16) & 0xff;
      this.count = getWord(bytes, at + 12);
      this.#onFrame();
      at = end;
    }
    this.#needed = HEADER_BYTES;
    return at;
  }

  #keep(bytes: Uint8Array, from: number, to: number): void {
    this.#tailLength = to - from;
    this.#tail = Buffer.allocUnsafeSlow(Math.min(Math.max(this.#needed, (to - from) * 2), MAX_PAYLOAD));
    this.#tail.set(bytes.subarray(from, to));
  }

  #append(bytes: Uint8Array, length: number): void {
    const wanted = this.#tailLength + length;
    if (wanted > this.#tail.length) {
      const grown = Buffer.allocUnsafeSlow(
        Math.max(wanted, Math.min(this.#needed + length, this.#tail.length * 2)),
      );
      this.#tail.copy(grown, 0, 0, this.#tailLength);
      this.#tail = grown;
    }
    this.#tail.set(bytes.subarray(0, length), this.#tailLength);
    this.#tailLength = wanted;
  }
}
