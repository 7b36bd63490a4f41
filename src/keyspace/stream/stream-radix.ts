import { type Arena, chunkIndex, wordOffset } from '../../memory/arena.ts';
import type { StreamDirectory } from './stream-directory.ts';
import { ID_BYTES, StreamId } from './stream-id.ts';

/** Depth of what would be above the top of the tree. */
const ABOVE = -1;

const bound = new StreamId();
const first = new StreamId();

/** Nodes of a radix tree without keys. */
export const EMPTY_RADIX_NODES = 1;

/**
 * Redis keeps the nodes of a stream in a radix tree, and XINFO STREAM tells how many nodes that has. Its keys are the
 * first ids in 16 big-endian bytes. A key ends in a node, where keys part there is a node, and each run of bytes between
 * these in which nothing happens is one.
 * @param index where in the directory, which does not have it, a node that begins with `id` belongs.
 * @returns how many nodes the tree has more with that key. Takes O(log n).
 */
export const addedRadixNodes = (
  arena: Arena,
  directory: StreamDirectory,
  id: StreamId,
  index: number,
): number => {
  if (directory.count === 0) return withRun(ID_BYTES, ABOVE) - EMPTY_RADIX_NODES;
  // The key parts from its neighbours at this depth. With others it shares all bytes before.
  const parting = Math.max(commonAt(arena, directory, id, index - 1), commonAt(arena, directory, id, index));
  const low = bound.copy(id).clearFrom(parting).decrement() ? directory.find(bound) + 1 : 0;
  const high = directory.find(bound.copy(id).fillFrom(parting));
  first.read(arena.words[chunkIndex(directory.node(low))]!, wordOffset(directory.node(low)));
  const below = low === high ? ID_BYTES : commonAt(arena, directory, first, high);
  const leaf = withRun(ID_BYTES, parting);
  if (below === parting) return leaf;
  // Nothing parted there: the run in which it does becomes two.
  const above = Math.max(
    commonAt(arena, directory, first, low - 1),
    commonAt(arena, directory, id, high + 1),
  );
  return leaf + withRun(parting, above) + withRun(below, parting) - withRun(below, above);
};

/** A node at this depth, and the run of bytes between it and the one above, if there is one. */
const withRun = (depth: number, above: number): number => (depth - above > 1 ? 2 : 1);

/** Bytes at the beginning that an id has in common with that of a node; less than any if there is no such node. */
const commonAt = (arena: Arena, directory: StreamDirectory, id: StreamId, index: number): number => {
  if (index < 0 || index >= directory.count) return ABOVE;
  const node = directory.node(index);
  return id.commonBytes(arena.words[chunkIndex(node)]!, wordOffset(node));
};
