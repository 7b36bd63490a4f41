import { valueWord } from '../entry.ts';
import { INTEGERS, PACKED } from './set-form.ts';
import { SetMember } from './set-member.ts';
import type { Sets } from './sets.ts';

/** Goes over all members of a set, one at a time: integers in ascending order, others in none that matters. */
export class SetWalk {
  /** The member that {@link next} has found; valid until it is called again. */
  readonly member = new SetMember();

  readonly #sets: Sets;
  #form = INTEGERS;
  #value = 0;
  #left = 0;
  /** Number of the next integer, or offset of the next packed member. */
  #at = 0;
  /** Of a table: where the walk goes on, and the blocks that the last step found. */
  #cursor = 0;
  readonly #blocks: number[] = [];
  readonly #emit = (block: number): void => void this.#blocks.push(block);

  constructor(sets: Sets) {
    this.#sets = sets;
  }

  begin(entry: number): void {
    const { arena, packed } = this.#sets;
    this.#form = this.#sets.form(entry);
    this.#value = valueWord(arena, entry);
    this.#left = this.#sets.count(entry);
    this.#at = this.#form === PACKED && this.#value !== 0 ? packed.start(this.#value) : 0;
    this.#cursor = 0;
    this.#blocks.length = 0;
  }

  /** Goes on to the next member. @returns false if there is none */
  next(): boolean {
    if (this.#left === 0) return false;
    this.#left--;
    if (this.#form === INTEGERS) {
      this.#sets.intsets.read(this.#value, this.#at++, this.member.integer);
      this.member.readInteger();
    } else if (this.#form === PACKED) {
      this.#at = this.#sets.packed.read(this.#value, this.#at, this.member);
    } else {
      this.member.readBlock(this.#sets.arena, this.#nextBlock());
    }
    return true;
  }

  #nextBlock(): number {
    const { table } = this.#sets;
    while (this.#blocks.length === 0) this.#cursor = table.scanSegment(this.#value, this.#cursor, this.#emit);
    return this.#blocks.pop()!;
  }
}
