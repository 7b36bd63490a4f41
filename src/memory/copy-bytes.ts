/** Up to this many bytes a loop beats the call into `TypedArray.set` (measured). */
const SHORT = 48;

/** Copies `from[at..at + length)` to `to[toAt..)`; the two must not overlap. */
export const copyBytes = (
  from: Uint8Array,
  at: number,
  length: number,
  to: Uint8Array,
  toAt: number,
): void => {
  if (length <= SHORT) for (let i = 0; i < length; i++) to[toAt + i] = from[at + i]!;
  else to.set(from.subarray(at, at + length), toAt);
};
