import { type Arena, chunkIndex, wordOffset } from '../memory/arena.ts';
import type { StreamDirectory } from './stream-directory.ts';
import { ID_BYTES, ID_WORDS } from './stream-id.ts';

/** Depth of what would be above the top of the tree. */
const ABOVE = -1;

/**
 * Number of nodes of the radix tree in which Redis keeps the nodes of a stream, which XINFO STREAM tells. Their keys are
 * the first ids in 16 big-endian bytes. A key ends in a node, a place where keys part is a node, and so is each run of
 * bytes between these in which nothing happens. Takes a step for each node of the stream.
 */
export const radixTreeNodes = (arena: Arena, directory: StreamDirectory): number => {
  const { count } = directory;
  if (count === 0) return 1;
  let nodes = 0;
  /** Depths at which the last key parts from others, ascending. */
  const partings: number[] = [];
  let before = ABOVE;
  for (let i = 0; i < count; i++) {
    const common = i + 1 < count ? commonBytes(arena, directory.node(i), directory.node(i + 1)) : ABOVE;
    nodes += withRun(ID_BYTES, Math.max(before, common));
    for (let top = partings.at(-1) ?? ABOVE; top > common; top = partings.at(-1) ?? ABOVE) {
      partings.pop();
      nodes += withRun(top, Math.max(common, partings.at(-1) ?? ABOVE));
    }
    if (common > (partings.at(-1) ?? ABOVE)) partings.push(common);
    before = common;
  }
  return nodes;
};

/** A node at this depth, and the run of bytes between it and the one above, if there is one. */
const withRun = (depth: number, above: number): number => (depth - above > 1 ? 2 : 1);

/** Bytes at the beginning of the first ids of two nodes that are the same. */
const commonBytes = (arena: Arena, one: number, other: number): number => {
  const words = arena.words[chunkIndex(one)]!;
  const otherWords = arena.words[chunkIndex(other)]!;
  for (let i = 0; i < ID_WORDS; i++) {
    const difference = words[wordOffset(one) + i]! ^ otherWords[wordOffset(other) + i]!;
    if (difference !== 0) return i * 4 + (Math.clz32(difference) >>> 3);
  }
  return ID_BYTES;
};
