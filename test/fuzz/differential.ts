import fc from 'fast-check';
import { type Batch, Duel } from './duel.ts';
import type { Play } from './theme.ts';

/** Where two servers listen that are to be compared. */
export interface Ports {
  readonly ours: number;
  readonly real: number;
}

/** Batches that begin with the prologue. */
function batchesOf({ prologue, commands, waiter }: Play): fc.Arbitrary<readonly Batch[]> {
  const batch: fc.Arbitrary<Batch> = fc.record({
    connection: fc.constantFrom<0 | 1>(0, 0, 0, 1),
    commands: fc.array(commands, { minLength: 1, maxLength: 8 }).map((parts) => parts.flat()),
    waiter,
  });
  return fc
    .tuple(prologue, fc.noBias(fc.array(batch, { minLength: 1, maxLength: 30 })))
    .map(([first, batches]) => [{ connection: 0, commands: first, waiter: undefined }, ...batches]);
}

/**
 * Plays random pipelines to both servers, from this seed.
 *
 * @param runs how many sequences; each starts from an empty keyspace.
 * @throws with the shortest sequence found that the servers answer differently.
 */
export async function playRandomPipelines(
  ports: Ports,
  play: Play,
  { seed, numRuns }: { seed: number; numRuns: number },
): Promise<void> {
  let duel = await Duel.open(ports.ours, ports.real);
  const property = fc.asyncProperty(
    batchesOf(play),
    fc.constantFrom<2 | 3>(2, 3),
    async (batches, protocol) => {
      try {
        await duel.play(batches, protocol);
      } catch (difference) {
        // Replies may be left unread: the next sequence gets connections of its own.
        duel.close();
        duel = await Duel.open(ports.ours, ports.real);
        throw difference;
      }
    },
  );
  try {
    await fc.assert(property, { seed, numRuns, includeErrorInReport: true });
  } finally {
    duel.close();
  }
}
