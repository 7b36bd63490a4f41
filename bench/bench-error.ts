/** Something the user can act on: shown as one line, without a stack. */
export class BenchError extends Error {}
