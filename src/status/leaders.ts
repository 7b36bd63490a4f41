/** So many times as much must a newcomer have as the least of those that are in. */
const LEAD = 1.25;

/**
 * The names with the largest sums. Who is in stays until another has clearly more: names of alike sums would otherwise
 * take turns, and whoever follows them would have to begin anew each time.
 */
export class Leaders {
  readonly #count: number;
  #names: string[] = [];

  /** @param count how many names there are at most. */
  constructor(count: number) {
    this.#count = count;
  }

  /** The leaders now, largest first. */
  among(sums: ReadonlyMap<string, number>): string[] {
    const sumOf = (name: string): number => sums.get(name) ?? 0;
    const ranked = [...sums.keys()].sort((a, b) => sumOf(b) - sumOf(a));
    const stay = this.#names.filter((name) => sums.has(name));
    for (const name of ranked) {
      if (stay.includes(name)) continue;
      if (stay.length < this.#count) {
        stay.push(name);
        continue;
      }
      const least = stay.reduce((a, b) => (sumOf(b) < sumOf(a) ? b : a));
      if (sumOf(name) <= LEAD * sumOf(least)) break;
      stay[stay.indexOf(least)] = name;
    }
    this.#names = ranked.filter((name) => stay.includes(name));
    return this.#names;
  }
}
