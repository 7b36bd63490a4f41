/**
 * Fuzzes for as long as told: `npm run fuzz -- --seconds 600 --seed 42`. Stops at the first difference with exit code 1,
 * having printed the seed and the shortest sequence that shows it.
 */
import { parseArgs } from 'node:util';
import { startOurServer } from '../rows/our-server.ts';
import { realRedisMissing, startRealRedis } from '../rows/real-redis.ts';
import { playRandomPipelines } from './differential.ts';
import { Duel } from './duel.ts';
import { sendHostileBytes } from './hostile-bytes.ts';

const RUNS_PER_SEED = 100;

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string', default: '1' } },
});
const missing = realRedisMissing();
if (missing !== undefined) {
  console.error(`cannot fuzz: ${missing}`);
  process.exit(1);
}

const redis = await startRealRedis();
const ours = await startOurServer();
const deadline = Date.now() + Number(values.seconds) * 1000;
let seed = Number(values.seed);
try {
  for (; Date.now() < deadline; seed++) {
    await playRandomPipelines(() => Duel.open(ours.port, redis.port), seed, RUNS_PER_SEED);
    await sendHostileBytes(ours.port, redis.port, seed, RUNS_PER_SEED);
  }
  console.log(`seeds ${values.seed} to ${seed - 1}: no difference`);
} catch (difference) {
  console.error(`seed ${seed}:`, difference);
  process.exitCode = 1;
} finally {
  await ours.close();
  await redis.stop();
}
