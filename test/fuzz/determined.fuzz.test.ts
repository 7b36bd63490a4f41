import { after, before, describe, test } from 'node:test';
import { type RealRedis, realRedisMissing, startRealRedis } from '../rows/real-redis.ts';
import { playRandomPipelines } from './differential.ts';
import { fuzzSettings } from './fuzz-settings.ts';
import { playOf, THEMES } from './theme.ts';

const skip = realRedisMissing() ?? false;

/** What is compared must be determined: otherwise a difference would say nothing about us. */
describe('two redis-servers agree about random pipelines', { skip }, () => {
  const servers: RealRedis[] = [];

  before(async () => {
    servers.push(await startRealRedis('--hz', '500'), await startRealRedis('--hz', '500'));
  });
  after(() => Promise.all(servers.map((server) => server.stop())));

  for (const theme of THEMES) {
    test(theme.name, () => {
      const [one, other] = servers;
      const ports = { ours: one!.port, real: other!.port };
      return playRandomPipelines(ports, playOf(theme, new Set())!, fuzzSettings(100));
    });
  }
});
