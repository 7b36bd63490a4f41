import type { Session } from './session.ts';

/** All connected clients of all workers, in the order they came. */
export class Sessions {
  readonly #byId = new Map<number, Session>();
  #lastId = 0;

  /** A number for a new session: never given twice. */
  nextId(): number {
    return ++this.#lastId;
  }

  add(session: Session): void {
    this.#byId.set(session.id, session);
  }

  remove(session: Session): void {
    this.#byId.delete(session.id);
  }

  get(id: number): Session | undefined {
    return this.#byId.get(id);
  }

  /** True while the session's client is connected. */
  has(session: Session): boolean {
    return this.#byId.has(session.id);
  }

  get size(): number {
    return this.#byId.size;
  }

  [Symbol.iterator](): IterableIterator<Session> {
    return this.#byId.values();
  }
}
