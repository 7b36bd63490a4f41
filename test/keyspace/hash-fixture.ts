import { TYPE_HASH } from '../../src/keyspace/entry.ts';
import type { Hashes } from '../../src/keyspace/hash/hashes.ts';
import type { ByteSlice } from '../../src/memory/byte-slice.ts';
import { KeyspaceFixture } from './keyspace-fixture.ts';

export const textOf = ({ bytes, start, length }: ByteSlice): string =>
  Buffer.from(bytes.subarray(start, start + length)).toString('latin1');

/** One hash of a keyspace, its fields and values as strings. */
export class HashFixture extends KeyspaceFixture {
  readonly hashes: Hashes = this.keyspace.hashes;
  entry: number;

  constructor(key = 'hash') {
    super();
    this.entry = this.create(key);
  }

  create(key: string): number {
    const bytes = Buffer.from(key);
    this.database().peek(bytes, 0, bytes.length);
    return this.database().create(bytes, 0, bytes.length, TYPE_HASH);
  }

  setField(field: string, value: string, keepsExpiry = false): boolean {
    const [f, v] = [Buffer.from(field, 'latin1'), Buffer.from(value, 'latin1')];
    return this.hashes.set(this.entry, f, 0, f.length, v, 0, v.length, keepsExpiry);
  }

  getField(field: string): string | undefined {
    const bytes = Buffer.from(field, 'latin1');
    const view = this.hashes.get(this.entry, bytes, 0, bytes.length);
    return view === undefined ? undefined : textOf(view);
  }

  removeField(field: string): boolean {
    const bytes = Buffer.from(field, 'latin1');
    return this.hashes.remove(this.entry, bytes, 0, bytes.length);
  }

  expireField(field: string, at: number): void {
    const bytes = Buffer.from(field, 'latin1');
    this.hashes.setExpiry(this.entry, bytes, 0, bytes.length, at);
  }

  expiryOf(field: string): number | undefined {
    const bytes = Buffer.from(field, 'latin1');
    return this.hashes.expiryOf(this.entry, bytes, 0, bytes.length);
  }

  /** All fields with their values, in the order in which they are visited. */
  all(entry = this.entry): [string, string][] {
    const all: [string, string][] = [];
    this.hashes.each(entry, (field, value) => void all.push([textOf(field), textOf(value)]));
    return all;
  }
}
