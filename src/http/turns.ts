/** What is done in one turn, settled when it is over; it must not fail. */
export type Work = () => Promise<void>;

/** So many requests may wait behind one that is being answered. */
const LONGEST_LINE = 256;

/**
 * Who is answered when: on each connection one request at a time, and of all connections one in a turn of the event
 * loop. So however many ask for however much at once, whoever comes with one question waits for one answer of each at
 * most, and those who send many before they have read the first come last.
 */
export class Turns {
  /** What waits on a connection behind its request under way. */
  readonly #lines = new WeakMap<object, Work[]>();
  /** Of connections that had nothing under way, and of those that had. */
  readonly #first: Work[] = [];
  readonly #later: Work[] = [];
  #next: NodeJS.Immediate | undefined;

  /** Does the work when its turn comes. @returns false if the connection has too much waiting; then it is never done. */
  take(connection: object, work: Work): boolean {
    const line = this.#lines.get(connection);
    if (line === undefined) {
      this.#lines.set(connection, []);
      this.#wait(this.#first, connection, work);
      return true;
    }
    if (line.length === LONGEST_LINE) return false;
    line.push(work);
    return true;
  }

  #wait(queue: Work[], connection: object, work: Work): void {
    queue.push(async () => {
      await work();
      const next = this.#lines.get(connection)?.shift();
      if (next === undefined) this.#lines.delete(connection);
      else this.#wait(this.#later, connection, next);
    });
    this.#next ??= setImmediate(() => this.#turn());
  }

  #turn(): void {
    void (this.#first.shift() ?? this.#later.shift())?.();
    const isOver = this.#first.length + this.#later.length === 0;
    this.#next = isOver ? undefined : setImmediate(() => this.#turn());
  }
}
