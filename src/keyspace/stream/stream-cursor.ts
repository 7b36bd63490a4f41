import type { Arena } from '../../memory/arena.ts';
import {
  ElementView,
  INTEGER_64,
  integer64At,
  integerAt,
  nextElement,
  previousElement,
  skipElements,
} from '../../memory/listpack.ts';
import { StreamDirectory } from './stream-directory.ts';
import type { StreamHeader } from './stream-header.ts';
import { StreamId } from './stream-id.ts';
import { DELETED, SAME_FIELDS, StreamNode } from './stream-node.ts';

/**
 * Walks the entries of a stream that are not deleted, either way: {@link seek} and {@link next}, or {@link seekBack}
 * and {@link previous}. A change of the stream leaves it meaningless.
 */
export class StreamCursor {
  /** Id of the entry that the last step led to. */
  readonly id = new StreamId();
  /** Number of its fields. */
  pairs = 0;
  /** The field and the value that {@link nextPair} has read. */
  readonly field = new ElementView();
  readonly value = new ElementView();
  readonly node: StreamNode;
  /** Which node of the directory that is. */
  index = 0;

  readonly #directory: StreamDirectory;
  readonly #from = new StreamId();
  #masterFields = 0;
  #masterPairs = 0;
  /** Where the entry begins. */
  #flags = 0;
  /** Where reading goes on. */
  #at = 0;
  /** Elements from there to the next entry. */
  #left = 0;
  /** Where the next field stands, if it is one of the master entry. */
  #fieldAt = 0;
  #sameFields = false;

  constructor(arena: Arena) {
    this.node = new StreamNode(arena);
    this.#directory = new StreamDirectory(arena);
  }

  /** Sets the cursor before the first entry whose id is at least `from`. */
  seek(stream: StreamHeader, from: StreamId): void {
    this.#from.copy(from);
    this.#directory.open(stream.directory);
    this.index = Math.max(this.#directory.find(from), 0);
    this.#left = 0;
    if (this.#directory.count === 0) return;
    this.#openNode();
    this.#at = this.#firstEntry();
  }

  /** Goes to the next entry. @returns false if there is none. */
  next(): boolean {
    if (this.#directory.count === 0) return false;
    for (;;) {
      this.#at = skipElements(this.node.bytes, this.#at, this.#left);
      this.#left = 0;
      if (this.#at === this.node.end) {
        if (this.index + 1 >= this.#directory.count) return false;
        this.index++;
        this.#openNode();
        this.#at = this.#firstEntry();
      }
      this.#readHead(this.#at);
      if (!this.isDeleted && this.id.compare(this.#from) >= 0) return true;
    }
  }

  /** Sets the cursor behind the last entry whose id is at most `to`. */
  seekBack(stream: StreamHeader, to: StreamId): void {
    this.#from.copy(to);
    this.#directory.open(stream.directory);
    this.index = this.#directory.find(to);
    if (this.index < 0) return;
    this.#openNode();
    this.#flags = this.node.end;
  }

  /** Goes to the entry before. @returns false if there is none. */
  previous(): boolean {
    while (this.index >= 0) {
      if (!this.#stepBack()) continue;
      if (!this.isDeleted && this.id.compare(this.#from) <= 0) return true;
    }
    return false;
  }

  /** Reads the last entry of a node, deleted or not. @returns false if it has none. */
  readLast(address: number): boolean {
    this.node.open(address);
    this.#openMaster();
    this.#flags = this.node.end;
    return this.#readBack();
  }

  /** Reads the entry's next field and value. */
  nextPair(): void {
    const { bytes } = this.node;
    if (this.#sameFields) {
      this.#fieldAt = this.field.read(bytes, this.#fieldAt);
      this.#left--;
    } else {
      this.#at = this.field.read(bytes, this.#at);
      this.#left -= 2;
    }
    this.#at = this.value.read(bytes, this.#at);
  }

  get isDeleted(): boolean {
    return (this.node.bytes[this.#flags]! & DELETED) !== 0;
  }

  /** Marks the entry as deleted; the node's counts are the caller's. */
  markDeleted(): void {
    this.node.bytes[this.#flags]! |= DELETED;
  }

  #openNode(): void {
    this.node.open(this.#directory.node(this.index));
    this.#openMaster();
  }

  #openMaster(): void {
    const { bytes, master } = this.node;
    this.#masterPairs = integerAt(bytes, master);
    this.#masterFields = nextElement(bytes, master);
  }

  #firstEntry(): number {
    return skipElements(this.node.bytes, this.#masterFields, this.#masterPairs + 1);
  }

  /** @returns false if this led to the node before. */
  #stepBack(): boolean {
    if (this.#readBack()) return true;
    this.index--;
    if (this.index >= 0) {
      this.#openNode();
      this.#flags = this.node.end;
    }
    return false;
  }

  /** Reads the entry that ends where the current one begins. @returns false before the first. */
  #readBack(): boolean {
    const { bytes } = this.node;
    let at = previousElement(bytes, this.#flags);
    let left = integerAt(bytes, at);
    if (left === 0) return false;
    for (; left > 0; left--) at = previousElement(bytes, at);
    this.#readHead(at);
    return true;
  }

  /** Reads flags, id and number of fields of the entry at `at`. */
  #readHead(at: number): void {
    const { bytes, firstId } = this.node;
    this.#flags = at;
    const ms = nextElement(bytes, at);
    const sequence = nextElement(bytes, ms);
    this.id.offsetMs(firstId, exactIntegerAt(bytes, ms));
    this.id.offsetSequence(firstId, exactIntegerAt(bytes, sequence));
    this.#at = nextElement(bytes, sequence);
    this.#sameFields = (bytes[at]! & SAME_FIELDS) !== 0;
    if (this.#sameFields) {
      this.pairs = this.#masterPairs;
      this.#fieldAt = this.#masterFields;
      this.#left = this.pairs + 1;
    } else {
      this.pairs = integerAt(bytes, this.#at);
      this.#at = nextElement(bytes, this.#at);
      this.#left = 2 * this.pairs + 1;
    }
  }
}

const exactIntegerAt = (bytes: Uint8Array, at: number): number | bigint =>
  bytes[at] === INTEGER_64 ? integer64At(bytes, at) : integerAt(bytes, at);
