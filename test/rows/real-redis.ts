import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../process/free-port.ts';
import { until } from '../process/until.ts';
import { WireConnection } from './wire.ts';

const BINARY = process.env.REDIS_SERVER ?? 'redis-server';
const WANTED_VERSION = /v=7\.0\.\d+/;

/** A running redis-server of our own. */
export interface RealRedis {
  readonly port: number;
  /** Kills it and removes its directory. */
  stop(): Promise<void>;
}

/** Why there is no real redis-server to compare with, or undefined when there is one. */
export function realRedisMissing(): string | undefined {
  try {
    const banner = execFileSync(BINARY, ['--version'], { encoding: 'utf8' });
    if (WANTED_VERSION.test(banner)) return undefined;
    return `the comparison needs redis-server 7.0, this is ${banner.trim()}`;
  } catch {
    return `${BINARY} is not installed (Debian: apt-get install redis-server)`;
  }
}

/**
 * Starts a redis-server on a free port: no persistence, DEBUG allowed, a directory of its own.
 *
 * @throws when it does not answer PING within ten seconds, with its log.
 */
export async function startRealRedis(...options: readonly string[]): Promise<RealRedis> {
  const port = await freePort();
  const dir = mkdtempSync(join(tmpdir(), 'corespond-real-redis-'));
  const fixed = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    dir,
    '--save',
    '',
    '--appendonly',
    'no',
  ];
  const child = spawn(BINARY, [...fixed, '--enable-debug-command', 'yes', ...options]);
  const log: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => log.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => log.push(chunk.toString()));
  const forget = dieWithUs(child);
  try {
    await answering(port, child);
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(`redis-server did not start:\n${log.join('')}`, { cause: error });
  }
  const stop = async () => {
    forget();
    await terminate(child);
    rmSync(dir, { recursive: true, force: true });
  };
  return { port, stop };
}

/** Takes the child along when this process exits or is told to end. @returns how to stop watching. */
function dieWithUs(child: ChildProcess): () => void {
  const kill = () => child.kill('SIGKILL');
  const killAndEnd = (signal: NodeJS.Signals) => {
    kill();
    process.kill(process.pid, signal);
  };
  process.once('exit', kill).once('SIGTERM', killAndEnd).once('SIGINT', killAndEnd);
  return () => process.off('exit', kill).off('SIGTERM', killAndEnd).off('SIGINT', killAndEnd);
}

async function answering(port: number, child: ChildProcess): Promise<void> {
  await until('redis-server answers', async () => {
    if (child.exitCode !== null) return true;
    const connection = await WireConnection.open(port);
    const reply = await connection.call('PING');
    connection.close();
    return reply === '+PONG\r\n';
  });
  if (child.exitCode !== null) throw new Error(`exit code ${child.exitCode}`);
}

function terminate(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
