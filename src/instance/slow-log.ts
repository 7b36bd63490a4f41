/** One command that took long. */
export interface SlowCommand {
  readonly id: number;
  /** Unix seconds. */
  readonly at: number;
  readonly microseconds: number;
  /** Its name in the command table. */
  readonly command: string;
  /** As SLOWLOG GET shows them: at most 32 arguments of at most 128 bytes. */
  readonly argv: readonly Uint8Array[];
  /** How many arguments there were, the name included. */
  readonly argc: number;
  readonly address: string;
  readonly name: string;
}

const MAX_ARGUMENTS = 32;
const MAX_ARGUMENT_BYTES = 128;

/** The slowest of late: a bounded list, newest first. */
export class SlowLog {
  #entries: SlowCommand[] = [];
  #nextId = 0;

  /** Adds a command; `argv` is copied and shortened. */
  add(
    argv: readonly Uint8Array[],
    about: Omit<SlowCommand, 'id' | 'argv' | 'argc'>,
    maxLength: number,
  ): void {
    this.#entries.unshift({ ...about, id: this.#nextId++, argc: argv.length, argv: shorten(argv) });
    this.trim(maxLength);
  }

  /** The `count` newest entries, newest first. */
  newest(count: number): readonly SlowCommand[] {
    return this.#entries.slice(0, count);
  }

  get length(): number {
    return this.#entries.length;
  }

  trim(maxLength: number): void {
    if (this.#entries.length > maxLength) this.#entries.length = maxLength;
  }

  reset(): void {
    this.#entries = [];
  }
}

const shorten = (argv: readonly Uint8Array[]): Uint8Array[] => {
  const kept = argv.length > MAX_ARGUMENTS ? argv.slice(0, MAX_ARGUMENTS - 1) : argv;
  const shown = kept.map(shortenArgument);
  const dropped = argv.length - kept.length;
  if (dropped > 0) shown.push(Buffer.from(`... (${dropped} more arguments)`));
  return shown;
};

const shortenArgument = (argument: Uint8Array): Uint8Array => {
  const excess = argument.length - MAX_ARGUMENT_BYTES;
  if (excess <= 0) return Uint8Array.from(argument);
  return Buffer.concat([argument.subarray(0, MAX_ARGUMENT_BYTES), Buffer.from(`... (${excess} more bytes)`)]);
};
