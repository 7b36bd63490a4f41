import type { ByteSlice } from '../../src/memory/byte-slice.ts';
import { type Id, millisecondsOf, sequenceOf } from '../../src/rdb/stream-id-form.ts';
import type { StreamFigures, ValueSink } from '../../src/rdb/value-sink.ts';

const latin1 = ({ bytes, start, length }: ByteSlice): string =>
  Buffer.from(bytes.subarray(start, start + length)).toString('latin1');

/** An id as clients see it. */
const idText = (id: Id): string => `${millisecondsOf(id)}-${sequenceOf(id)}`;

/** A group of a stream, its pending entries as `consumer id delivered deliveries`. */
interface ModelGroup {
  readonly lastId: string;
  readonly read: bigint | undefined;
  readonly consumers: Map<string, [seen: number, active: number]>;
  readonly pending: string[];
}

/** Keeps what it is told, as JavaScript values; texts have one character per byte. */
export class ModelSink implements ValueSink {
  value: string | undefined;
  readonly elements: string[] = [];
  readonly members = new Set<string>();
  readonly scores = new Map<string, number>();
  readonly fields = new Map<string, [value: string, expiry: number]>();

  /** Bytes of all texts, those of streams aside. */
  get textBytes(): number {
    const fields = [...this.fields].flatMap(([field, [value]]) => [field, value]);
    const all = [this.value ?? '', ...this.elements, ...this.members, ...this.scores.keys(), ...fields];
    return all.reduce((sum, text) => sum + text.length, 0);
  }

  string(value: ByteSlice): void {
    this.value = latin1(value);
  }

  element(element: ByteSlice): void {
    this.elements.push(latin1(element));
  }

  member(member: ByteSlice): boolean {
    const before = this.members.size;
    return this.members.add(latin1(member)).size > before;
  }

  scoredMembers(): void {}

  scoredMember(member: ByteSlice, score: number): boolean {
    const before = this.scores.size;
    return this.scores.set(latin1(member), score).size > before;
  }

  field(field: ByteSlice, value: ByteSlice, expiry: number): boolean {
    const before = this.fields.size;
    return this.fields.set(latin1(field), [latin1(value), expiry]).size > before;
  }

  figures: StreamFigures | undefined;
  /** Ids of the nodes. */
  readonly nodes: string[] = [];
  readonly groups = new Map<string, ModelGroup>();
  #group: ModelGroup | undefined;
  #consumer = '';

  streamNode(id: Id): void {
    this.nodes.push(idText(id));
  }

  stream(figures: StreamFigures): void {
    this.figures = figures;
  }

  group(name: ByteSlice, lastId: Id, read: bigint | undefined): boolean {
    const before = this.groups.size;
    this.#group = { lastId: idText(lastId), read, consumers: new Map(), pending: [] };
    return this.groups.set(latin1(name), this.#group).size > before;
  }

  consumer(name: ByteSlice, seen: number, active: number): boolean {
    const { consumers } = this.#group!;
    const before = consumers.size;
    this.#consumer = latin1(name);
    return consumers.set(this.#consumer, [seen, active]).size > before;
  }

  pending(id: Id, delivered: number, deliveries: bigint): void {
    this.#group!.pending.push(`${this.#consumer} ${idText(id)} ${delivered} ${deliveries}`);
  }
}
