/** What the keyspace must know of a type of values. An entry's word 3 (`valueWord`) is where its value lies. */
export interface ValueType {
  /** Frees what the value holds outside its entry's block: a large one later, in slices. */
  release(entry: number): void;
  /** Gives `entry`, a copy of another that still shares its value, a value of its own. @throws OutOfMemoryError */
  unshare(entry: number): void;
  /** Bytes of the value that lie in the entry's own block. */
  inlineBytes(entry: number): number;
  /** Bytes that the arena holds for the value outside its entry's block. @param samples elements to look at for a mean; 0 for all. */
  externalBytes(entry: number, samples: number): number;
  /** What OBJECT ENCODING answers. */
  encoding(entry: number): string;
}

/** A type of which there may be an empty value while a command fills it; no key ever keeps one. */
export interface CollectionType extends ValueType {
  /** Makes the value of a new entry: an empty one. @throws OutOfMemoryError */
  initialize(entry: number): void;
  /** Number of elements. */
  count(entry: number): number;
}
