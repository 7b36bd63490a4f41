/** A request as offsets into bytes: what the parser yields and what a transaction keeps. Argument 0 is the name. */
export interface Request {
  readonly argc: number;
  readonly bytes: Uint8Array;
  readonly starts: ArrayLike<number>;
  readonly lengths: ArrayLike<number>;
}

/** The arguments of a request, not copied. */
export const argumentsOf = (request: Request): Uint8Array[] =>
  Array.from({ length: request.argc }, (_, i) =>
    request.bytes.subarray(request.starts[i]!, request.starts[i]! + request.lengths[i]!),
  );

const FEW_ARGUMENTS = 8;

/** Where a short request lies, remembered while the parser goes on; the bytes stay where they are. */
export class RequestCopy implements Request {
  argc = 0;
  bytes: Uint8Array = new Uint8Array(0);
  readonly starts = new Int32Array(FEW_ARGUMENTS);
  readonly lengths = new Int32Array(FEW_ARGUMENTS);

  /** @returns false if the request has too many arguments. */
  take({ argc, bytes, starts, lengths }: Request): boolean {
    if (argc > FEW_ARGUMENTS) return false;
    this.argc = argc;
    this.bytes = bytes;
    for (let i = 0; i < argc; i++) {
      this.starts[i] = starts[i]!;
      this.lengths[i] = lengths[i]!;
    }
    return true;
  }
}

/** A request copied out of the read buffer, to be run later. */
export class StoredRequest implements Request {
  readonly argc: number;
  readonly bytes: Uint8Array;
  readonly starts: readonly number[];
  readonly lengths: readonly number[];

  constructor(argv: readonly Uint8Array[]) {
    const starts: number[] = [];
    let size = 0;
    for (const argument of argv) {
      starts.push(size);
      size += argument.length;
    }
    this.argc = argv.length;
    this.bytes = Buffer.concat(argv);
    this.starts = starts;
    this.lengths = argv.map((argument) => argument.length);
  }

  static of(request: Request): StoredRequest {
    return new StoredRequest(argumentsOf(request));
  }
}
