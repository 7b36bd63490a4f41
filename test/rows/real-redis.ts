import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WireConnection } from './wire.ts';

const BINARY = process.env.REDIS_SERVER ?? 'redis-server';
const WANTED_VERSION = /v=7\.0\.\d+/;
const START_BOUND_MS = 10_000;

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
  const deadline = Date.now() + START_BOUND_MS;
  for (;;) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`exit code ${child.exitCode}`);
    try {
      const connection = await WireConnection.open(port);
      const reply = await connection.call('PING');
      connection.close();
      if (reply === '+PONG\r\n') return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

function terminate(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
