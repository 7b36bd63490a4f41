import type { Arena } from '../../memory/arena.ts';
import { compareBytes } from '../../memory/compare-bytes.ts';
import { ElementView, nextElement, previousElement, skipElements } from '../../memory/listpack.ts';
import { ListpackElement } from '../../memory/listpack-element.ts';
import { PackedBlocks } from '../../memory/packed.ts';
import { setValueWord, valueWord } from '../entry.ts';
import { scoreAt, takeScore } from './packed-scores.ts';
import type { SortedSetForm } from './sorted-set-form.ts';

/** Elements of one member: itself and its score. */
const PAIR = 2;

/** A small sorted set: one packed block of member, score, member, score … in their order. Everything takes O(n). */
export class PackedSortedSet implements SortedSetForm {
  readonly member = new ElementView();
  score = 0;

  readonly #arena: Arena;
  readonly #blocks: PackedBlocks;
  readonly #element = new ListpackElement();
  readonly #scoreElement = new ListpackElement();
  /** To compare members with. */
  readonly #other = new ElementView();
  #entry = 0;
  #block = 0;
  /** Offset of the member at the cursor, and behind its score. */
  #at = 0;
  #behind = 0;
  /** Offset of the member that was found. */
  #found = 0;

  constructor(arena: Arena) {
    this.#arena = arena;
    this.#blocks = new PackedBlocks(arena);
  }

  /** Turns to the value of a key. */
  open(entry: number): this {
    this.#entry = entry;
    this.#block = valueWord(this.#arena, entry);
    return this;
  }

  get count(): number {
    return this.#blocks.count(this.#block) / PAIR;
  }

  /** Bytes of all members and scores. */
  get usedBytes(): number {
    return this.#blocks.used(this.#block);
  }

  seek(rank: number): void {
    const bytes = this.#blocks.bytes(this.#block);
    const left = this.count - rank;
    let at = 0;
    if (rank <= left) at = skipElements(bytes, this.#blocks.start(this.#block), rank * PAIR);
    else {
      at = this.#blocks.end(this.#block);
      for (let i = left * PAIR; i > 0; i--) at = previousElement(bytes, at);
    }
    this.#read(bytes, at);
  }

  next(): boolean {
    if (this.#behind >= this.#blocks.end(this.#block)) return false;
    this.#read(this.#blocks.bytes(this.#block), this.#behind);
    return true;
  }

  previous(): boolean {
    if (this.#at <= this.#blocks.start(this.#block)) return false;
    const bytes = this.#blocks.bytes(this.#block);
    this.#read(bytes, previousElement(bytes, previousElement(bytes, this.#at)));
    return true;
  }

  find(bytes: Uint8Array, start: number, length: number): number {
    const blocks = this.#blocks;
    const block = this.#block;
    this.#element.take(bytes, start, length);
    const chunk = blocks.bytes(block);
    const at = this.#element.find(chunk, blocks.start(block), blocks.end(block), PAIR);
    this.#found = at;
    return at < 0 ? Number.NaN : scoreAt(chunk, nextElement(chunk, at));
  }

  rankOfFound(): number {
    const bytes = this.#blocks.bytes(this.#block);
    let rank = 0;
    for (let at = this.#blocks.start(this.#block); at < this.#found; at = skipElements(bytes, at, PAIR))
      rank++;
    return rank;
  }

  insert(bytes: Uint8Array, start: number, length: number, score: number): void {
    this.#element.take(bytes, start, length);
    takeScore(this.#scoreElement, score);
    this.#insertAt(this.#placeFor(bytes, start, length, score));
  }

  changeFound(bytes: Uint8Array, start: number, length: number, score: number): void {
    const chunk = this.#blocks.bytes(this.#block);
    const found = this.#found;
    const scoreElementAt = nextElement(chunk, found);
    const size = nextElement(chunk, scoreElementAt) - found;
    const place = this.#placeFor(bytes, start, length, score);
    this.#element.take(bytes, start, length);
    takeScore(this.#scoreElement, score);
    if (place === found || place === found + size) {
      return this.#replaceScore(scoreElementAt, found + size - scoreElementAt);
    }
    // First the step for which there may be no memory; the old pair may lie elsewhere after it.
    const inserted = this.#element.size + this.#scoreElement.size;
    const offset = found - this.#blocks.start(this.#block) + (place < found ? inserted : 0);
    this.#insertAt(place);
    this.#cut(this.#blocks.start(this.#block) + offset, size, 1);
  }

  removeFound(): void {
    const bytes = this.#blocks.bytes(this.#block);
    this.#cut(this.#found, skipElements(bytes, this.#found, PAIR) - this.#found, 1);
  }

  removeRanks(rank: number, count: number): void {
    const bytes = this.#blocks.bytes(this.#block);
    const from = skipElements(bytes, this.#blocks.start(this.#block), rank * PAIR);
    this.#cut(from, skipElements(bytes, from, count * PAIR) - from, count);
  }

  rankOfScore(score: number, inclusive: boolean): number {
    const bytes = this.#blocks.bytes(this.#block);
    const end = this.#blocks.end(this.#block);
    let rank = 0;
    for (let at = this.#blocks.start(this.#block); at < end; rank++) {
      const scoreElementAt = nextElement(bytes, at);
      const other = scoreAt(bytes, scoreElementAt);
      if (inclusive ? other > score : other >= score) break;
      at = nextElement(bytes, scoreElementAt);
    }
    return rank;
  }

  rankOfMember(bytes: Uint8Array, start: number, length: number, inclusive: boolean): number {
    const chunk = this.#blocks.bytes(this.#block);
    const end = this.#blocks.end(this.#block);
    let rank = 0;
    for (let at = this.#blocks.start(this.#block); at < end; rank++) {
      const order = this.#compare(chunk, at, bytes, start, length);
      if (inclusive ? order > 0 : order >= 0) break;
      at = skipElements(chunk, at, PAIR);
    }
    return rank;
  }

  #read(bytes: Uint8Array, at: number): void {
    this.#at = at;
    const scoreElementAt = this.member.read(bytes, at);
    this.score = scoreAt(bytes, scoreElementAt);
    this.#behind = nextElement(bytes, scoreElementAt);
  }

  /** Offset of the first member that comes behind a score and a member. */
  #placeFor(bytes: Uint8Array, start: number, length: number, score: number): number {
    const chunk = this.#blocks.bytes(this.#block);
    const end = this.#blocks.end(this.#block);
    let at = this.#blocks.start(this.#block);
    // Many sets grow at their end only.
    if (at < end && scoreAt(chunk, previousElement(chunk, end)) < score) return end;
    while (at < end) {
      const scoreElementAt = nextElement(chunk, at);
      const other = scoreAt(chunk, scoreElementAt);
      if (other > score || (other === score && this.#compare(chunk, at, bytes, start, length) > 0)) break;
      at = nextElement(chunk, scoreElementAt);
    }
    return at;
  }

  #compare(chunk: Uint8Array, at: number, bytes: Uint8Array, start: number, length: number): number {
    const other = this.#other;
    other.read(chunk, at);
    return compareBytes(other.bytes, other.start, other.length, bytes, start, length);
  }

  /** Writes the member and the score that were taken. */
  #insertAt(place: number): void {
    const offset = place - this.#blocks.start(this.#block);
    this.#splice(place, 0, this.#element.size + this.#scoreElement.size, PAIR);
    const bytes = this.#blocks.bytes(this.#block);
    const behind = this.#element.write(bytes, this.#blocks.start(this.#block) + offset);
    this.#scoreElement.write(bytes, behind);
  }

  /** Writes the score that was taken in the place of one that takes `size` bytes. */
  #replaceScore(at: number, size: number): void {
    const offset = at - this.#blocks.start(this.#block);
    this.#splice(at, size, this.#scoreElement.size, 0);
    this.#scoreElement.write(this.#blocks.bytes(this.#block), this.#blocks.start(this.#block) + offset);
  }

  #cut(at: number, size: number, members: number): void {
    this.#splice(at, size, 0, -members * PAIR);
  }

  #splice(at: number, removed: number, inserted: number, countChange: number): void {
    this.#block = this.#blocks.splice(this.#block, at, removed, inserted, countChange);
    setValueWord(this.#arena, this.#entry, this.#block);
  }
}
