import { COLLECTIONS, collectionLoad } from './collection.ts';
import { type BatchedLoad, deleteLoad, encode, setLoad } from './requests.ts';

const HASHES_PER_BATCH = 100;
const FIELDS = Array.from({ length: 10 }, (_, i) => [`field:${i}`, `value:${i}`]).flat();

/** `fill` and `delete` are about keys, `hashes` are many small ones; else the name of a collection. */
export type Work = string;

/** Under which key a stream of elements is filled. */
export const keyOfWork = (work: Work): string => `my:${work}`;

/** The load that goes by this name. @throws RangeError for another. */
export function loadFor(work: Work): BatchedLoad {
  if (work === 'fill') return setLoad(1000);
  if (work === 'delete') return deleteLoad(10);
  if (work === 'hashes') return smallHashes();
  const collection = COLLECTIONS.find(({ name }) => name === work);
  if (collection === undefined) throw new RangeError(`no load is called ${work}`);
  return collectionLoad(collection, keyOfWork(work));
}

/** Hashes of ten short fields. */
function smallHashes(): BatchedLoad {
  const numbers = Array.from({ length: HASHES_PER_BATCH }, (_, i) => i);
  const bytes = (first: number): Buffer =>
    Buffer.concat(numbers.map((i) => encode('HSET', `hash:${first + i}`, ...FIELDS)));
  return { batch: HASHES_PER_BATCH, bytes, replyLines: HASHES_PER_BATCH };
}
