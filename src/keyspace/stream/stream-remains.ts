import type { Arena } from '../../memory/arena.ts';
import { RankedTree } from '../../memory/ranked-tree.ts';
import type { LazyFree } from '../lazy-free.ts';
import { StreamDirectory } from './stream-directory.ts';
import { StreamConsumer, StreamGroup } from './stream-group.ts';
import { StreamHeader } from './stream-header.ts';

/** Blocks freed between two yields. */
const SLICE = 256;

/** What has no more blocks than this is freed at once. */
export const FREED_AT_ONCE = 16;

/** Lets something be freed, at once or when there is time. */
export const freeRemains = (lazyFree: LazyFree, remains: Generator<void>, atOnce: boolean): void => {
  const freeSlice = (): boolean => remains.next().done === true;
  if (atOnce) while (!freeSlice());
  else lazyFree.add({ objects: 1, freeSlice });
};

/** Frees a stream that is in no database any more, bit by bit. */
export function* streamRemains(arena: Arena, root: number): Generator<void> {
  const header = new StreamHeader().open(arena, root);
  const directory = new StreamDirectory(arena).open(header.directory);
  const groups = new RankedTree(arena, header.groups);
  arena.free(root);
  for (let i = 0; i < directory.count; i++) {
    arena.free(directory.node(i));
    if (i % SLICE === SLICE - 1) yield;
  }
  arena.free(directory.address);
  const addresses: number[] = [];
  yield* emptied(groups, (group) => addresses.push(group));
  for (const group of addresses) yield* groupRemains(arena, group);
}

/** Frees a group that is in no stream any more, bit by bit. */
export function* groupRemains(arena: Arena, address: number): Generator<void> {
  const group = new StreamGroup(arena).open(address);
  const { pending, consumers } = group;
  group.free();
  yield* emptied(new RankedTree(arena, pending), (entry) => arena.free(entry));
  const addresses: number[] = [];
  yield* emptied(new RankedTree(arena, consumers), (consumer) => addresses.push(consumer));
  const consumer = new StreamConsumer(arena);
  for (const one of addresses) {
    const own = consumer.open(one).pending;
    consumer.free();
    yield* emptied(new RankedTree(arena, own), () => {});
  }
}

/** Frees pending entries that are all of a group's and all of a consumer's. */
export function* pendingRemains(arena: Arena, group: number, consumer: number): Generator<void> {
  yield* emptied(new RankedTree(arena, group), (entry) => arena.free(entry));
  yield* emptied(new RankedTree(arena, consumer), () => {});
}

/** Takes a tree apart. */
function* emptied(tree: RankedTree, onEntry: (entry: number) => void): Generator<void> {
  while (!tree.freeSlice(SLICE, onEntry)) yield;
}
