import { test } from 'node:test';
import { startOurServer } from '../rows/our-server.ts';
import { realRedisMissing, startRealRedis } from '../rows/real-redis.ts';
import { playRandomPipelines } from './differential.ts';
import { Duel } from './duel.ts';
import { sendHostileBytes } from './hostile-bytes.ts';

const SEED = Number(process.env.FUZZ_SEED ?? 1);
const RUNS = Number(process.env.FUZZ_RUNS ?? 400);
const missing = realRedisMissing();

/** Starts one of each server for one comparison. */
async function withBoth(compare: (ourPort: number, realPort: number) => Promise<void>): Promise<void> {
  const redis = await startRealRedis();
  const ours = await startOurServer();
  try {
    await compare(ours.port, redis.port);
  } finally {
    await ours.close();
    await redis.stop();
  }
}

test(
  `random pipelines are answered as redis-server 7.0 does (seed ${SEED})`,
  { skip: missing ?? false },
  () => withBoth((our, real) => playRandomPipelines(() => Duel.open(our, real), SEED, RUNS)),
);

test(
  `damaged requests are answered as redis-server 7.0 does (seed ${SEED})`,
  { skip: missing ?? false },
  () => withBoth((our, real) => sendHostileBytes(our, real, SEED, RUNS)),
);
