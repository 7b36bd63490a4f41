import { fork } from 'node:child_process';
import path from 'node:path';
import { BenchError } from './bench-error.ts';
import type { RunningServer } from './server.ts';
import type { Work } from './work.ts';

const STREAM_BOUND_MS = 600_000;

/**
 * Sets or deletes so many keys, or fills a collection with so many elements, through one pipelined connection, from a process of its own, so that nothing here is held up.
 * @returns the seconds it took.
 * @throws BenchError when a reply is wrong, the server ends, or after ten minutes.
 */
export async function stream(server: RunningServer, work: Work, count: number): Promise<number> {
  const startedAt = performance.now();
  const script = path.join(import.meta.dirname, 'stream-process.ts');
  const child = fork(script, [String(server.port), work, String(count)]);
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const timer = setTimeout(kill, STREAM_BOUND_MS);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  try {
    const code = await Promise.race([ended, server.failed]);
    if (code !== 0) throw new BenchError(`${work} with ${count} on ${server.name} failed`);
  } finally {
    clearTimeout(timer);
    kill();
    process.off('exit', kill);
  }
  return (performance.now() - startedAt) / 1000;
}
