import { spawn } from 'node:child_process';
import { BenchError } from './bench-error.ts';
import type { RunningServer } from './server.ts';

const LOAD_BOUND_MS = 90_000;

/** What redis-benchmark is to do. */
export interface Load {
  /** One of its tests as `-t` names it, or the words of any command. */
  readonly test: string | readonly string[];
  readonly clients: number;
  readonly pipeline: number;
  readonly requests: number;
  /** False: a new connection for each request. */
  readonly keepAlive: boolean;
  /** How many keys or elements are named at random; without it, it is always the same, as without `-r`. */
  readonly range?: number | undefined;
}

/** As redis-benchmark saw it. */
export interface LoadResult {
  readonly requestsPerSecond: number;
}

const argumentsOf = (port: number, load: Load): string[] => [
  ...['-h', '127.0.0.1', '-p', String(port), '-n', String(load.requests), '--csv'],
  ...['-c', String(load.clients), '-P', String(load.pipeline), '-k', load.keepAlive ? '1' : '0'],
  ...(load.range === undefined ? [] : ['-r', String(load.range)]),
  ...(typeof load.test === 'string' ? ['-t', load.test] : load.test),
];

/**
 * Runs redis-benchmark to its end.
 * @throws BenchError if it fails, if the server ends, or after 90 seconds: it does not notice that a server is gone.
 */
export async function runLoad(server: RunningServer, load: Load): Promise<LoadResult> {
  const child = spawn('redis-benchmark', argumentsOf(server.port, load));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.resume();
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const timer = setTimeout(kill, LOAD_BOUND_MS);
  const what = `${[load.test].flat().join(' ')} on ${server.name}`;
  try {
    await Promise.race([ended, server.failed]);
  } finally {
    clearTimeout(timer);
    kill();
    process.off('exit', kill);
  }
  if (child.signalCode !== null) {
    throw new BenchError(`${what} took more than ${LOAD_BOUND_MS / 1000} s`);
  }
  return resultOf(output, what);
}

/** Reads the last line of the CSV: `"GET","210526.31",…`. */
function resultOf(output: string, what: string): LoadResult {
  const line = output.trimEnd().split('\n').at(-1) ?? '';
  const [, rate = ''] = line.split('","');
  // So it calls what took less than a millisecond.
  const requestsPerSecond = rate === 'inf' ? Number.POSITIVE_INFINITY : Number(rate);
  if (requestsPerSecond > 0) return { requestsPerSecond };
  throw new BenchError(`redis-benchmark failed at ${what}: ${line}`);
}
