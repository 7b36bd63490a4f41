import { check } from './bad-payload.ts';
import type { RdbReader } from './rdb-reader.ts';
import { ID_BYTES } from './stream-id-form.ts';

/** An id, the time of its delivery, and at least one byte for how often it was delivered. */
const LEAST_BYTES = ID_BYTES + 8 + 1;

/**
 * The pending entries of a group as they travel: first all of them, by id, and then with each consumer the ids of its
 * own. Only where they begin is kept.
 */
export class PendingPart {
  readonly #reader: RdbReader;
  readonly #places: Float64Array;
  readonly #owned: Uint8Array;

  /** Reads the entries, whose ids must ascend. @throws BadPayload */
  constructor(reader: RdbReader) {
    const count = reader.count(LEAST_BYTES);
    this.#reader = reader;
    this.#places = new Float64Array(count);
    this.#owned = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      this.#places[i] = reader.skip(ID_BYTES);
      if (i > 0) check(this.#compare(this.#places[i - 1]!, this.#places[i]!) < 0);
      reader.milliseconds();
      reader.length64();
    }
  }

  /**
   * Gives the entry whose id is the next thing to be read to a consumer.
   * @returns a reader of what stands behind the id: time and number of deliveries. @throws BadPayload if there is none
   */
  takeNext(): RdbReader {
    const id = this.#reader.skip(ID_BYTES);
    const index = this.#find(id);
    check(index >= 0 && this.#owned[index] === 0);
    this.#owned[index] = 1;
    return this.#reader.from(this.#places[index]! + ID_BYTES);
  }

  /** Every entry must belong to a consumer. @throws BadPayload */
  checkOwned(): void {
    check(!this.#owned.includes(0));
  }

  #find(id: number): number {
    let low = 0;
    let high = this.#places.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const order = this.#compare(this.#places[middle]!, id);
      if (order === 0) return middle;
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  #compare(one: number, other: number): number {
    const { bytes } = this.#reader;
    return bytes.compare(bytes, other, other + ID_BYTES, one, one + ID_BYTES);
  }
}
