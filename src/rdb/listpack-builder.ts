import { ListpackElement } from '../memory/listpack-element.ts';
import { ByteWriter } from '../resp/byte-writer.ts';
import type { RdbWriter } from './rdb-writer.ts';

/** Puts texts together to a listpack. Reused for every one. */
export class ListpackBuilder {
  readonly #elements = new ByteWriter();
  readonly #element = new ListpackElement();
  #count = 0;

  add(source: Uint8Array, start: number, length: number): void {
    const elements = this.#elements;
    elements.reserve(this.#element.take(source, start, length));
    elements.length = this.#element.write(elements.bytes, elements.length);
    this.#count++;
  }

  addText(text: string): void {
    this.add(Buffer.from(text, 'latin1'), 0, text.length);
  }

  /** Writes the listpack, and begins the next one. */
  writeTo(writer: RdbWriter): void {
    writer.listpack(this.#elements.bytes, 0, this.#elements.length, this.#count);
    this.#elements.clear();
    this.#count = 0;
  }
}
