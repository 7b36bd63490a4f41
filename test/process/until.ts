const STEP_MS = 10;

/**
 * Asks again and again until there is an answer.
 * @param probe gives the answer, or undefined or false as long as there is none; what it throws counts as none.
 * @throws when there is none within the bound, with the last thing that `probe` threw as the cause.
 */
export async function until<T>(
  what: string,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  boundMs = 10_000,
): Promise<T> {
  const deadline = performance.now() + boundMs;
  let cause: unknown;
  for (;;) {
    try {
      const found = await probe();
      if (found !== undefined && found !== false) return found;
    } catch (error) {
      cause = error;
    }
    if (performance.now() > deadline) throw new Error(`${what}: not within ${boundMs} ms`, { cause });
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
}
