/** Room for what follows in the same read, in bytes. */
const SLACK = 64 * 1024;
const MIN_SIZE = 1024;

/**
 * The bytes read so far of something that is not complete yet. However small the pieces, to append them all takes time
 * in proportion to their bytes; what was announced but has not come takes no memory. Bytes that lie here are never
 * overwritten, so views of them stay good.
 */
export class PendingBytes {
  bytes: Buffer;
  length: number;

  /** Copies `source[from..to)`. @param needed length at which it would be complete, as far as that is known; or 0. */
  constructor(source: Uint8Array, from: number, to: number, needed: number) {
    this.length = to - from;
    this.bytes = Buffer.allocUnsafeSlow(sizeFor(this.length, needed));
    this.bytes.set(source.subarray(from, to));
  }

  /** Appends `source[from..to)`; `needed` as above. */
  append(source: Uint8Array, from: number, to: number, needed: number): void {
    const wanted = this.length + to - from;
    if (wanted > this.bytes.length) {
      const grown = Buffer.allocUnsafeSlow(sizeFor(wanted, needed));
      this.bytes.copy(grown, 0, 0, this.length);
      this.bytes = grown;
    }
    this.bytes.set(source.subarray(from, to), this.length);
    this.length = wanted;
  }
}

/** At least twice what is there, so that few appends copy; and at once all that is needed if that is not far off. */
const sizeFor = (length: number, needed: number): number =>
  Math.max(MIN_SIZE, length * 2, Math.min(needed + SLACK, length * 4));
