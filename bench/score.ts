/** Which figures reached their target and which did not. */
export class Score {
  #reached = 0;
  readonly #missed: string[] = [];

  /** Notes one figure. @returns how a table shows it; empty if there is no target. */
  mark(name: string, value: number, target: number | undefined): string {
    if (target === undefined) return '';
    const reached = Number(value.toFixed(2)) <= target;
    if (reached) this.#reached++;
    else this.#missed.push(`${name}: ${value.toFixed(2)}, not ${target.toFixed(2)}`);
    return `${reached ? 'ok' : 'MISS'} (${target.toFixed(2)})`;
  }

  /** The result in lines. */
  get summary(): string[] {
    const all = this.#reached + this.#missed.length;
    if (all === 0) return [];
    return [`${this.#reached} of ${all} targets reached.`, ...this.#missed.map((line) => `  missed ${line}`)];
  }
}
