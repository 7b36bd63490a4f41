import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { BenchError } from './bench-error.ts';
import { measureCollections } from './collections.ts';
import { compare } from './comparison.ts';
import { measureComplexity } from './complexity.ts';
import { measureEngine } from './engine.ts';
import { measureMemory } from './memory.ts';
import { type Options, parseOptions, USAGE } from './options.ts';
import { Progress } from './progress.ts';
import { redisVersion, requireTools } from './required-tools.ts';
import { killServers } from './server.ts';
import { measureStalls } from './stalls.ts';

/** Load averages beyond this say that others use the machine. */
const BUSY = 0.5;

type Subject = (options: Options, progress: Progress) => Promise<void>;

const SUBJECTS: Readonly<Record<Options['subject'], Subject>> = {
  compare,
  memory: measureMemory,
  collections: measureCollections,
  complexity: measureComplexity,
  stalls: measureStalls,
  engine: measureEngine,
};

function describeMachine(): void {
  const cpus = os.cpus();
  console.log(
    `${cpus.length} × ${cpus[0]?.model.trim() ?? 'CPU'}, Node ${process.version}, Redis ${redisVersion()}`,
  );
  const [load = 0] = os.loadavg();
  if (load > BUSY)
    console.log(`The machine is busy (load average ${load.toFixed(2)}): trust ratios at most.`);
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) return console.log(USAGE);
  if (!existsSync(path.join(options.dist, 'main.js'))) {
    throw new BenchError(`${options.dist} holds no build of the server`);
  }
  if (options.subject !== 'engine') {
    requireTools(['redis-server', 'redis-benchmark']);
    describeMachine();
  }
  const progress = new Progress({ stream: process.stderr, now: () => performance.now() });
  await SUBJECTS[options.subject](options, progress);
}

process.once('exit', killServers);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(128 + os.constants.signals[signal]));
}

try {
  await main();
} catch (error) {
  console.error(error instanceof BenchError ? `bench: ${error.message}` : error);
  process.exit(1);
}
