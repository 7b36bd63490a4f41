import type { StreamId } from './stream-id.ts';

/** What is to go from the front of a stream. */
export interface StreamTrim {
  /** Entries that may stay; undefined if {@link minId} decides. */
  readonly maxLength: number | undefined;
  /** Entries with lower ids go. */
  readonly minId: StreamId;
  /** Only whole nodes go, as long as enough entries stay. */
  readonly approximate: boolean;
  /** Entries that may go at the most; 0: any number. */
  readonly limit: number;
}
