import { test } from 'node:test';
import { ourServerMissing, startOurServer } from '../rows/our-server.ts';
import { realRedisMissing, startRealRedis } from '../rows/real-redis.ts';
import { playRandomPipelines } from './differential.ts';
import { Duel } from './duel.ts';

const missing = ourServerMissing() ?? realRedisMissing();

for (const seed of [1, 2, 3]) {
  test(`random pipelines are answered as redis-server 7.0 answers them (seed ${seed})`, {
    skip: missing ?? false,
  }, async () => {
    const redis = await startRealRedis();
    const ours = await startOurServer();
    try {
      await playRandomPipelines(() => Duel.open(ours.port, redis.port), seed, 150);
    } finally {
      await ours.close();
      await redis.stop();
    }
  });
}
