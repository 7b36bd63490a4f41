import type { Text } from '../../src/rdb/rdb-text.ts';
import type { ValueSink } from '../../src/rdb/value-sink.ts';

const latin1 = ({ bytes, start, length }: Text): string =>
  Buffer.from(bytes.subarray(start, start + length)).toString('latin1');

/** Keeps what it is told, as JavaScript values; texts have one character per byte. */
export class ModelSink implements ValueSink {
  value: string | undefined;
  readonly elements: string[] = [];
  readonly members = new Set<string>();
  readonly scores = new Map<string, number>();
  readonly fields = new Map<string, [value: string, expiry: number]>();

  string(value: Text): void {
    this.value = latin1(value);
  }

  element(element: Text): void {
    this.elements.push(latin1(element));
  }

  member(member: Text): boolean {
    const before = this.members.size;
    return this.members.add(latin1(member)).size > before;
  }

  scoredMember(member: Text, score: number): boolean {
    const before = this.scores.size;
    return this.scores.set(latin1(member), score).size > before;
  }

  field(field: Text, value: Text, expiry: number): boolean {
    const before = this.fields.size;
    return this.fields.set(latin1(field), [latin1(value), expiry]).size > before;
  }
}
