import fc from 'fast-check';
import { anyCommand } from './commands.ts';
import type { Batch, Duel } from './duel.ts';

const batch: fc.Arbitrary<Batch> = fc.record({
  connection: fc.constantFrom<0 | 1>(0, 0, 0, 1),
  commands: fc.array(anyCommand, { minLength: 1, maxLength: 8 }),
});

/**
 * Plays random pipelines to both servers, from this seed.
 *
 * @param runs how many sequences; each starts from an empty keyspace.
 * @throws with the shortest sequence found that the servers answer differently.
 */
export async function playRandomPipelines(
  open: () => Promise<Duel>,
  seed: number,
  runs: number,
): Promise<void> {
  let duel = await open();
  const property = fc.asyncProperty(
    fc.array(batch, { minLength: 1, maxLength: 20 }),
    fc.constantFrom<2 | 3>(2, 3),
    async (batches, protocol) => {
      try {
        await duel.play(batches, protocol);
      } catch (difference) {
        // Replies may be left unread: the next sequence gets connections of its own.
        duel.close();
        duel = await open();
        throw difference;
      }
    },
  );
  try {
    await fc.assert(property, { seed, numRuns: runs, includeErrorInReport: true });
  } finally {
    duel.close();
  }
}
