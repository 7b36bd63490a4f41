/** What fast-check is to do: a fixed seed and few runs in an ordinary test, more and others by `npm run fuzz`. */
export function fuzzSettings(runs: number): { seed: number; numRuns: number } {
  const { FUZZ_SEED, FUZZ_RUNS } = process.env;
  return { seed: Number(FUZZ_SEED ?? 1), numRuns: Number(FUZZ_RUNS ?? runs) };
}
