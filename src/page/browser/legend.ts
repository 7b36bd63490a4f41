import { setText } from './dom.ts';
import type { Line } from './line.ts';

/** The names of a chart's lines with their values. */
export class Legend {
  readonly #list: HTMLElement;
  readonly #format: (value: number | null) => string;
  readonly #filled: boolean;
  #values: HTMLElement[] = [];

  /** @param filled whether areas are drawn, not lines. */
  constructor(list: HTMLElement, format: (value: number | null) => string, filled: boolean) {
    this.#list = list;
    this.#format = format;
    this.#filled = filled;
  }

  /** Makes the legend of other lines, without their values. */
  build(lines: readonly Line[]): void {
    this.#values = lines.map(() => made('span', 'value'));
    const items = lines.map((line, i) => {
      const item = document.createElement('li');
      const name = made('span', 'name');
      name.textContent = line.name;
      item.append(
        made('span', `swatch line-${line.colour} ${this.#drawnAs(line)}`),
        name,
        this.#values[i] ?? '',
      );
      return item;
    });
    this.#list.replaceChildren(...items);
  }

  #drawnAs({ dash }: Line): string {
    if (this.#filled) return 'filled';
    return dash.length > 0 ? 'dashed' : 'solid';
  }

  /** Shows a value for each line, in their order. */
  show(values: ReadonlyArray<number | null>): void {
    values.forEach((value, i) => {
      const place = this.#values[i];
      if (place !== undefined) setText(place, this.#format(value));
    });
  }
}

const made = (tag: string, className: string): HTMLElement => {
  const node = document.createElement(tag);
  node.className = className;
  return node;
};
