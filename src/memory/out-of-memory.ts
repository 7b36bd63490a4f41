/** The arena cannot hand out a block: its address space is used up, or the system gave no memory. */
export class OutOfMemoryError extends Error {
  override readonly name = 'OutOfMemoryError';
}
