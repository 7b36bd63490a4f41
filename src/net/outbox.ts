import { ByteWriter } from '../resp/byte-writer.ts';

/** More bytes than this for one client are not worth a copy: they go at once. */
export const LARGE = 16 * 1024;
/** With more bytes than this waiting, those for whom they wait need not wait any longer. */
const FULL = 256 * 1024;

/** Whoever takes the bytes when the turn ends. */
export interface Recipient {
  /** Takes `bytes[start..end)`. @returns true if the memory is not to be touched any more. */
  deliver(bytes: Uint8Array, start: number, end: number): boolean;
}

/**
 * Replies of one turn of the event loop, which leave together at its end, those of one client in one write.
 *
 * A write to a client that sleeps wakes it up, and the writer pays for that, more than for all else at one request a
 * packet. Spread over the turn, each reply finds its client asleep again (or the one process that plays fifty of
 * them); at its end they find it awake, from the second on.
 */
export class Outbox {
  readonly #bytes = new ByteWriter();
  /** Whose bytes end where; the first `#count` places count. */
  readonly #recipients: Array<Recipient | undefined> = [];
  readonly #ends: number[] = [];
  #count = 0;
  #flushing = false;
  readonly #onTurnEnd = (): void => this.flush();

  /** Takes a copy of `bytes[..length)` to the end of the turn. */
  add(recipient: Recipient, bytes: Uint8Array, length: number): void {
    if (this.#bytes.length + length > FULL) this.flush();
    if (this.#count === 0) setImmediate(this.#onTurnEnd);
    if (this.#count === 0 || this.#recipients[this.#count - 1] !== recipient) {
      this.#recipients[this.#count++] = recipient;
    }
    this.#bytes.raw(bytes, 0, length);
    this.#ends[this.#count - 1] = this.#bytes.length;
  }

  /** Delivers everything now. */
  flush(): void {
    if (this.#count === 0 || this.#flushing) return;
    this.#flushing = true;
    try {
      if (this.#deliverAll()) this.#bytes.take();
      else this.#bytes.clear();
    } finally {
      this.#count = 0;
      this.#flushing = false;
    }
  }

  /** @returns true if somebody keeps the memory. */
  #deliverAll(): boolean {
    let kept = false;
    let start = 0;
    for (let i = 0; i < this.#count; i++) {
      const end = this.#ends[i]!;
      const recipient = this.#recipients[i]!;
      this.#recipients[i] = undefined;
      if (recipient.deliver(this.#bytes.bytes, start, end)) kept = true;
      start = end;
    }
    return kept;
  }
}
