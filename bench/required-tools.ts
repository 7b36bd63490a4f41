import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { BenchError } from './bench-error.ts';

const PACKAGE_OF = { 'redis-server': 'redis-server', 'redis-benchmark': 'redis-tools' } as const;
type Tool = keyof typeof PACKAGE_OF;

/** Checks that the programs are there and that the kernel accounts for processes as we read it. @throws BenchError */
export function requireTools(tools: readonly Tool[]): void {
  if (!existsSync('/proc/self/schedstat')) {
    throw new BenchError(
      'CPU is read from /proc/<pid>/task/<tid>/schedstat, which this system does not have',
    );
  }
  const missing = tools.filter((tool) => spawnSync(tool, ['--version']).error !== undefined);
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((tool) => PACKAGE_OF[tool]))];
  throw new BenchError(`${missing.join(' and ')} not found: sudo apt-get install ${packages.join(' ')}`);
}

/** `7.0.15`, of the redis-server that is installed. */
export function redisVersion(): string {
  const { stdout } = spawnSync('redis-server', ['--version'], { encoding: 'utf8' });
  return /v=(\S+)/.exec(stdout ?? '')?.[1] ?? 'of an unknown version';
}
