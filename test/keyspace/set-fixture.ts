import type { EncodingLimits } from '../../src/keyspace/encoding-limits.ts';
import { DEFAULT_LIMITS } from '../../src/keyspace/encoding-limits.ts';
import { createEntry, setMeta, TYPE_SET } from '../../src/keyspace/entry.ts';
import { Keyspace } from '../../src/keyspace/keyspace.ts';
import type { Sets } from '../../src/keyspace/set/sets.ts';
import { seededRandom } from '../memory/seeded-random.ts';
import { ManualClock } from './keyspace-fixture.ts';

/** Sets that are in no database, and their members as strings of one character per byte. */
export class SetFixture {
  readonly keyspace: Keyspace;

  constructor(limits: Partial<EncodingLimits> = {}, random = seededRandom(1)) {
    const clock = new ManualClock();
    this.keyspace = new Keyspace({ clock, random, databases: 1, limits: { ...DEFAULT_LIMITS, ...limits } });
  }

  get sets(): Sets {
    return this.keyspace.sets;
  }

  get usedBytes(): number {
    return this.keyspace.arena.usedBytes;
  }

  create(...members: readonly string[]): number {
    const { arena } = this.keyspace;
    const entry = createEntry(arena, Buffer.from('key'), 0, 3, 0, false);
    setMeta(arena, entry, TYPE_SET);
    this.sets.initialize(entry);
    for (const member of members) this.add(entry, member);
    return entry;
  }

  add(entry: number, member: string): boolean {
    return this.sets.add(entry, ...place(member));
  }

  has(entry: number, member: string): boolean {
    return this.sets.has(entry, ...place(member));
  }

  remove(entry: number, member: string): boolean {
    return this.sets.remove(entry, ...place(member));
  }

  /** In the order of a walk. */
  members(entry: number): string[] {
    const found: string[] = [];
    for (const walk = this.sets.walk(entry); walk.next(); ) found.push(text(walk.member));
    return found;
  }

  /** Picks a member, without removing it. */
  pick(entry: number): string {
    return text(this.sets.pick(entry));
  }

  release(...entries: readonly number[]): void {
    for (const entry of entries) this.keyspace.release(entry);
    while (this.keyspace.lazyFree.runSlice());
  }
}

/** Somewhere inside a buffer. */
const place = (member: string): [Uint8Array, number, number] => [
  Buffer.from(`..${member}..`, 'latin1'),
  2,
  member.length,
];

const text = ({ bytes, start, length }: { bytes: Uint8Array; start: number; length: number }): string =>
  Buffer.from(bytes.subarray(start, start + length)).toString('latin1');
