import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Server } from '../../src/index.ts';
import { startOurServer } from '../rows/our-server.ts';
import { type RealRedis, realRedisMissing, startRealRedis } from '../rows/real-redis.ts';
import { commandNames } from './command-names.ts';
import { type Ports, playRandomPipelines } from './differential.ts';
import { fuzzSettings } from './fuzz-settings.ts';
import { sendHostileBytes } from './hostile-bytes.ts';
import { NAMES, playOf, THEMES } from './theme.ts';

const settings = fuzzSettings(200);
/** It looks for clients that have waited long enough as often as this. */
const PROMPT = ['--hz', '500'];
const skip = realRedisMissing() ?? false;

describe(`as redis-server 7.0 does, seed ${settings.seed}`, { skip }, () => {
  let redis: RealRedis;
  let ours: Server;
  let ports: Ports;
  let missing: ReadonlySet<string>;

  before(async () => {
    redis = await startRealRedis(...PROMPT);
    ours = await startOurServer();
    ports = { ours: ours.port, real: redis.port };
    const known = await commandNames(ports.ours);
    missing = new Set([...NAMES].filter((name) => name !== 'NOSUCH' && !known.has(name.toLowerCase())));
  });
  after(async () => {
    await ours.close();
    await redis.stop();
  });

  for (const theme of THEMES) {
    test(`answers random pipelines: ${theme.name}`, async (t) => {
      const play = playOf(theme, missing);
      if (play === undefined) return t.skip('we have none of its commands');
      await playRandomPipelines(ports, play, settings);
    });
  }

  test('we have every command that is played', () => assert.equal([...missing].join(' '), ''));

  test('answers damaged requests', () => sendHostileBytes(ports, settings));
});
