/** Names of the colours for lines in the style sheet: `--line-1` and so on. */
export const COLOURS = ['1', '2', '3', '4', '5', '6', '7', '8', 'other'] as const;

/** One line of a chart. */
export interface Line {
  readonly name: string;
  readonly colour: string;
  readonly dash: readonly number[];
  /** Drawn thicker. */
  readonly strong: boolean;
  readonly values: ReadonlyArray<number | null>;
}

/** What stands apart from the rest has a colour of its own. */
const OWN_COLOURS: Readonly<Record<string, string>> = { other: 'other', keyspace: '2' };
const DASHES: ReadonlyArray<readonly number[]> = [[], [6, 3], [2, 3]];

/** A line's look. */
export type Look = Pick<Line, 'colour' | 'dash' | 'strong'>;

/** Gives names their looks, and the same name the same look as long as it is there. */
export class Looks {
  readonly #places = new Map<string, number>();

  of(names: readonly string[]): Look[] {
    for (const name of this.#places.keys()) if (!names.includes(name)) this.#places.delete(name);
    return names.map((name) => this.#lookOf(name, names));
  }

  #lookOf(name: string, names: readonly string[]): Look {
    const own = Object.hasOwn(OWN_COLOURS, name) ? OWN_COLOURS[name] : undefined;
    if (own !== undefined) return { colour: own, dash: [], strong: name !== 'other' };
    const free = COLOURS.filter(
      (colour) => colour !== 'other' && !names.some((one) => OWN_COLOURS[one] === colour),
    );
    const place = this.#placeOf(name);
    return {
      colour: free[place % free.length] ?? '1',
      dash: DASHES[Math.floor(place / free.length) % DASHES.length] ?? [],
      strong: false,
    };
  }

  #placeOf(name: string): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    const taken = new Set(this.#places.values());
    let place = 0;
    while (taken.has(place)) place++;
    this.#places.set(name, place);
    return place;
  }
}

/** What is drawn for lines that lie on one another: each with all before it below it. Null only where all are. */
export const stacked = (lines: ReadonlyArray<ReadonlyArray<number | null>>): Array<Array<number | null>> => {
  let below: ReadonlyArray<number | null> = [];
  return lines.map((values) => {
    const drawn = values.map((value, i) => sum(value, below[i] ?? null));
    below = drawn;
    return drawn;
  });
};

const sum = (a: number | null, b: number | null): number | null =>
  a === null && b === null ? null : (a ?? 0) + (b ?? 0);
