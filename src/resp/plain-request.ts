const STAR = 42;
const DOLLAR = 36;
const CR = 13;
const ZERO = 48;

/** What {@link parsePlain} reads and fills. */
export interface PlainTarget {
  /** Where the request begins, and, when it was plain, where it ends (exclusive). */
  readonly begin: number;
  end: number;
  argc: number;
  /** Longest argument allowed, in bytes. */
  readonly maxBulkLength: number;
  /** Room for at least 9 arguments. */
  readonly starts: Int32Array;
  readonly lengths: Int32Array;
}

/**
 * Parses the request that nearly all are: whole, of 1 to 9 arguments, none longer than 999 bytes. It keeps everything
 * in local variables, where the resumable parser keeps its state in fields: 35 ns for a GET instead of 70.
 * @returns false if the request is not plain, or not all there; then only `starts` and `lengths` were written to.
 */
export const parsePlain = (request: PlainTarget, buffer: Uint8Array, limit: number): boolean => {
  const { begin, starts, lengths, maxBulkLength } = request;
  if (begin + 4 > limit || buffer[begin] !== STAR || buffer[begin + 2] !== CR) return false;
  const count = buffer[begin + 1]! - ZERO;
  if (count < 1 || count > 9) return false;
  let at = begin + 4;
  for (let i = 0; i < count; i++) {
    if (at + 6 > limit || buffer[at] !== DOLLAR) return false;
    let length = buffer[at + 1]! - ZERO;
    let next = buffer[at + 2]!;
    if (length < 0 || length > 9) return false;
    at += 3;
    for (let digits = 1; next !== CR; digits++) {
      const digit = next - ZERO;
      if (digits === 3 || digit < 0 || digit > 9 || length === 0) return false;
      length = length * 10 + digit;
      next = buffer[at++]!;
    }
    if (length > maxBulkLength) return false;
    at++;
    starts[i] = at;
    lengths[i] = length;
    at += length + 2;
    if (at > limit) return false;
  }
  request.argc = count;
  request.end = at;
  return true;
};
