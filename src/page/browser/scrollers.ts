import type { Table } from '../../view/tables.ts';

/** Knows which tables are larger than their room, so that the keyboard stops at those, and at no others. */
export class Scrollers {
  readonly #ids = new Set<string>();
  readonly #observer = new ResizeObserver((entries) => {
    for (const { target } of entries) this.#look(target.closest('.scroll'));
  });

  constructor() {
    for (const room of document.querySelectorAll('.scroll')) {
      for (const node of [room, ...room.children]) this.#observer.observe(node);
    }
  }

  has(id: Table['id']): boolean {
    return this.#ids.has(id);
  }

  #look(room: Element | null): void {
    const id = room?.closest('section')?.id;
    if (room === null || id === undefined) return;
    const scrolls = room.scrollWidth > room.clientWidth || room.scrollHeight > room.clientHeight;
    if (scrolls) this.#ids.add(id);
    else this.#ids.delete(id);
    if (scrolls) room.setAttribute('tabindex', '0');
    else room.removeAttribute('tabindex');
  }
}
