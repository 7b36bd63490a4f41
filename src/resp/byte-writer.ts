import { errors } from '../errors.ts';

/** Size of a fresh buffer, and what a buffer that had to grow falls back to, in bytes. */
const BASE_SIZE = 64 * 1024;
/** A buffer that grew beyond this many times its base is not kept. */
const KEPT_GROWTH = 16;
/** Below this many bytes a loop beats the call into `TypedArray.set` (measured). */
const SHORT_COPY = 48;

/** No buffer grows beyond this many bytes. */
export const MAX_SIZE = 3 * 2 ** 30;

/** What {@link ByteWriter.sendTo} needs of a stream. */
export interface ByteSink {
  /** Bytes that wait to be taken. */
  readonly writableLength: number;
  write(bytes: Uint8Array): unknown;
}

/** A buffer that is filled from the front, grows where it must and is used again. */
export class ByteWriter {
  bytes: Buffer = Buffer.allocUnsafeSlow(BASE_SIZE);
  /** Bytes written since the last {@link take} or {@link clear}. */
  length = 0;

  /** Forgets what was written; the buffer is reused. */
  clear(): void {
    this.length = 0;
    if (this.bytes.length > BASE_SIZE * KEPT_GROWTH) this.bytes = Buffer.allocUnsafeSlow(BASE_SIZE);
  }

  /** Gives the written bytes and their buffer away for good and goes on with a fresh buffer. */
  take(): Buffer {
    const taken = this.bytes.subarray(0, this.length);
    this.bytes = Buffer.allocUnsafeSlow(BASE_SIZE);
    this.length = 0;
    return taken;
  }

  /**
   * Writes everything to a stream and is empty afterwards. The buffer is given away if the stream did not take all at
   * once; a few bytes that only wait behind others are copied, so that they hold no large buffer.
   */
  sendTo(sink: ByteSink): void {
    const written = this.bytes.subarray(0, this.length);
    const waits = sink.writableLength > 0;
    if (waits && this.length * 2 < this.bytes.length) {
      sink.write(Buffer.from(written));
      return this.clear();
    }
    sink.write(written);
    if (sink.writableLength > 0) this.take();
    else this.clear();
  }

  /** Drops everything written behind `mark`, an earlier {@link length}. */
  rewind(mark: number): void {
    this.length = mark;
  }

  /** Makes room for `count` more bytes. @throws CommandError beyond {@link MAX_SIZE}: a reply that nobody can be given. */
  reserve(count: number): void {
    const wanted = this.length + count;
    if (wanted <= this.bytes.length) return;
    this.checkRoom(count);
    const grown = Buffer.allocUnsafeSlow(Math.min(Math.max(wanted, this.bytes.length * 2), MAX_SIZE));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
  }

  /** @throws CommandError if there could never be room for `count` more bytes. */
  checkRoom(count: number): void {
    if (this.length + count > MAX_SIZE) throw errors.replyTooLarge;
  }

  /** Appends `source[start..start + length)`. */
  raw(source: Uint8Array, start: number, length: number): void {
    this.reserve(length);
    const { bytes } = this;
    const to = this.length;
    if (length <= SHORT_COPY) for (let i = 0; i < length; i++) bytes[to + i] = source[start + i]!;
    else bytes.set(source.subarray(start, start + length), to);
    this.length = to + length;
  }

  /** Appends text, one character per byte. */
  latin1(text: string): void {
    this.reserve(text.length);
    this.length += this.bytes.write(text, this.length, 'latin1');
  }
}
