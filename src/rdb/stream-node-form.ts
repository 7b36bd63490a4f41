import type { ByteSlice } from '../memory/byte-slice.ts';
import { integer64At, isInteger, nextElement } from '../memory/listpack.ts';
import { check } from './bad-payload.ts';
import { checkListpack, LISTPACK_HEADER } from './listpack-form.ts';
import { type Id, idPlus } from './stream-id-form.ts';

/** Flags of an entry. */
const DELETED = 1n;
const SAME_FIELDS = 2n;
/** Elements of an entry besides its fields and values, the last one, which counts them, not included. */
const FIXED_ELEMENTS = 3n;

/** What a node was found to hold. */
export interface NodeFigures {
  /** Entries that are not deleted. */
  readonly live: number;
  /** Id of the first entry that is not deleted. */
  readonly firstLive: Id;
  /** Id of the last entry, deleted or not. */
  readonly last: Id;
}

/**
 * Looks at all of a node of a stream: its master entry and as many entries as it tells, their ids ascending from that
 * of the node.
 * @throws BadPayload
 */
export const checkStreamNode = (id: Id, listpack: ByteSlice): NodeFigures => {
  const walk = new ElementWalk(listpack, checkListpack(listpack));
  const live = walk.integer();
  const deleted = walk.integer();
  const fields = walk.integer();
  check(live > 0n && deleted >= 0n && fields >= 0n);
  walk.skip(fields);
  check(walk.integer() === 0n);
  let liveFound = 0n;
  let firstLive: Id = 0n;
  let last: Id = -1n;
  for (let left = live + deleted; left > 0n; left--) {
    const flags = walk.integer();
    const entry = idPlus(id, walk.integer(), walk.integer());
    check(entry >= id && entry > last);
    last = entry;
    if ((flags & DELETED) === 0n && liveFound++ === 0n) firstLive = entry;
    skipFields(walk, (flags & SAME_FIELDS) === 0n ? undefined : fields);
  }
  check(walk.left === 0 && liveFound === live);
  return { live: Number(live), firstLive, last };
};

/** @param same number of the values, if the fields are those of the master entry. */
const skipFields = (walk: ElementWalk, same: bigint | undefined): void => {
  let elements = FIXED_ELEMENTS;
  if (same === undefined) {
    const fields = walk.integer();
    check(fields >= 0n);
    walk.skip(fields * 2n);
    elements += fields * 2n + 1n;
  } else {
    walk.skip(same);
    elements += same;
  }
  check(walk.integer() === elements);
};

/** Goes over the elements of a listpack that was checked. */
class ElementWalk {
  left: number;
  readonly #bytes: Uint8Array;
  #at: number;

  constructor({ bytes, start }: ByteSlice, count: number) {
    this.#bytes = bytes;
    this.#at = start + LISTPACK_HEADER;
    this.left = count;
  }

  /** The next element, which must be an integer. */
  integer(): bigint {
    const at = this.#at;
    this.skip(1n);
    check(isInteger(this.#bytes, at));
    return integer64At(this.#bytes, at);
  }

  skip(count: bigint): void {
    check(count <= this.left);
    const skipped = Number(count);
    this.left -= skipped;
    for (let i = 0; i < skipped; i++) this.#at = nextElement(this.#bytes, this.#at);
  }
}
