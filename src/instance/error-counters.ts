/** Error codes that are counted by name; any other is `other`, so that clients cannot invent series. */
export const ERROR_CODES = [
  'ERR',
  'WRONGTYPE',
  'NOAUTH',
  'WRONGPASS',
  'NOPERM',
  'NOPROTO',
  'OOM',
  'EXECABORT',
  'LOADING',
  'BUSY',
  'NOSCRIPT',
  'BUSYGROUP',
  'NOGROUP',
  'BUSYKEY',
  'UNBLOCKED',
  'MISCONF',
  'READONLY',
  'DENIED',
] as const;

/** Error replies by their code, since the start. */
export class ErrorCounters {
  readonly #counts = new Map<string, number>(ERROR_CODES.map((code) => [code, 0]));

  /** Counts an error reply, `CODE text`, or several of them. */
  add(text: string, count = 1): void {
    const space = text.indexOf(' ');
    const word = space < 0 ? text : text.slice(0, space);
    const code = this.#counts.has(word) ? word : 'other';
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + count);
  }

  /** Codes and counts, the zero ones included. */
  entries(): Array<[code: string, count: number]> {
    return [...this.#counts];
  }

  get total(): number {
    let total = 0;
    for (const count of this.#counts.values()) total += count;
    return total;
  }
}
