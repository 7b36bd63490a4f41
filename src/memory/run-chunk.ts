/** The pages of one chunk: which runs are handed out, and the free extents between them. */
export class RunChunk {
  /** No free extent has more pages. It may promise too much, until a search fails. */
  largest: number;

  /** Free extents, ascending, never adjacent to each other. */
  readonly #starts: number[] = [0];
  readonly #lengths: number[];
  /** By first page of a run: its pages. */
  readonly #runs: Uint16Array;

  constructor(pages: number) {
    this.#lengths = [pages];
    this.#runs = new Uint16Array(pages);
    this.largest = pages;
  }

  /** Nothing is handed out. */
  get isFree(): boolean {
    return this.#lengths[0] === this.#runs.length;
  }

  pagesAt(page: number): number {
    return this.#runs[page]!;
  }

  /** First page of a run of that many pages; -1 if no extent is long enough. */
  take(pages: number): number {
    const index = this.#firstFit(pages);
    if (index < 0) return -1;
    const page = this.#starts[index]!;
    this.#runs[page] = pages;
    if (this.#lengths[index] === pages) {
      this.#starts.splice(index, 1);
      this.#lengths.splice(index, 1);
    } else {
      this.#starts[index]! += pages;
      this.#lengths[index]! -= pages;
    }
    return page;
  }

  /** Takes back the run that begins at `page`, joining it to its free neighbours. */
  give(page: number): void {
    const pages = this.#runs[page]!;
    this.#runs[page] = 0;
    let index = this.#firstAfter(page);
    this.#starts.splice(index, 0, page);
    this.#lengths.splice(index, 0, pages);
    if (this.#touches(index)) this.#join(index);
    if (index > 0 && this.#touches(index - 1)) this.#join(--index);
    this.largest = Math.max(this.largest, this.#lengths[index]!);
  }

  /** Index of the first extent of at least `pages`; having looked at all, it knows the largest. */
  #firstFit(pages: number): number {
    let largest = 0;
    for (let i = 0; i < this.#lengths.length; i++) {
      const length = this.#lengths[i]!;
      if (length >= pages) return i;
      if (length > largest) largest = length;
    }
    this.largest = largest;
    return -1;
  }

  #firstAfter(page: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#starts[middle]! < page) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #touches(index: number): boolean {
    return this.#starts[index]! + this.#lengths[index]! === this.#starts[index + 1];
  }

  #join(index: number): void {
    this.#lengths[index]! += this.#lengths[index + 1]!;
    this.#starts.splice(index + 1, 1);
    this.#lengths.splice(index + 1, 1);
  }
}
