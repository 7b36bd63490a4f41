import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BenchError } from './bench-error.ts';
import { Connection } from './connection.ts';
import { freeOddPort } from './odd-port.ts';
import { processesOf, type ServerProcess } from './processes.ts';

const START_BOUND_MS = 20_000;
const STOP_BOUND_MS = 5000;
const LOG_BYTES = 4000;

/** Workers of our server: 0 is solo. */
export type Mode = number;

export const nameOf = (mode: Mode): string =>
  mode === 0 ? 'solo' : `${mode} worker${mode === 1 ? '' : 's'}`;

/** A server that was started for a measurement, in a process group of its own. */
export interface RunningServer {
  readonly name: string;
  readonly port: number;
  /** Of its first process. */
  readonly pid: number;
  /** Rejects with a BenchError when the server ends before it was stopped. */
  readonly failed: Promise<never>;
  /** The process that holds the data. */
  keyspace(): ServerProcess;
  /** Ends it, by force after five seconds, and removes its folder. */
  stop(): Promise<void>;
}

/** Servers that run, and their folders. */
const live = new Map<ChildProcess, string>();

/** Kills every server that still runs: for the end of this process, however it comes. */
export function killServers(): void {
  for (const [child, dir] of live) {
    killGroup(child);
    removeFolder(dir);
  }
}

/** A process that was just killed may still hold a file there; then its folder stays. */
function removeFolder(dir: string): void {
  try {
    rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    console.error(`bench: ${dir} could not be removed`);
  }
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is gone.
  }
}

/** Starts our server as a user does, metrics included. @param dist the folder of the build. */
export async function startOurs(dist: string, mode: Mode): Promise<RunningServer> {
  const metricsPort = await freeOddPort();
  const isReady = async () => (await fetch(`http://127.0.0.1:${metricsPort}/readyz`)).ok;
  return start(`corespond, ${nameOf(mode)}`, isReady, (port, dir) => [
    process.execPath,
    path.join(dist, 'main.js'),
    ...['--port', String(port), '--workers', String(mode), '--metrics-port', String(metricsPort)],
    ...['--dir', dir, '--run-dir', path.join(dir, 'run'), '--log-level', 'warn'],
  ]);
}

/** Starts redis-server, in memory only. */
export function startRedis(): Promise<RunningServer> {
  return start('redis-server', undefined, (port, dir) => [
    'redis-server',
    ...['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--save', '', '--appendonly', 'no'],
  ]);
}

type CommandLine = (port: number, dir: string) => readonly string[];

async function start(
  name: string,
  isReady: (() => Promise<boolean>) | undefined,
  commandLine: CommandLine,
): Promise<RunningServer> {
  const port = await freeOddPort();
  const dir = mkdtempSync(path.join(tmpdir(), 'corespond-bench-'));
  const [program = '', ...args] = commandLine(port, dir);
  const child = spawn(program, args, { cwd: dir, env: plainEnvironment(), detached: true });
  live.set(child, dir);
  const failed = failureOf(name, child);
  const stop = () => end(child, dir);
  try {
    await Promise.race([serving(name, port, isReady), failed]);
  } catch (error) {
    await stop();
    throw error;
  }
  const pid = child.pid ?? 0;
  return { name, port, pid, failed, keyspace: () => keyspaceOf(pid), stop };
}

/** The server is to have its defaults, whatever the user has set for his own. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CORESPOND_')));
}

function failureOf(name: string, child: ChildProcess): Promise<never> {
  let log = '';
  const keep = (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-LOG_BYTES);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const failed = new Promise<never>((_, reject) => {
    child.once('error', (error) => reject(new BenchError(`${name} did not start: ${error.message}`)));
    child.once('exit', (code, signal) =>
      reject(new BenchError(`${name} ended (${signal ?? code}):\n${log}`)),
    );
  });
  failed.catch(() => {});
  return failed;
}

async function serving(name: string, port: number, isReady = async () => true): Promise<void> {
  const deadline = performance.now() + START_BOUND_MS;
  while (performance.now() < deadline) {
    try {
      if ((await isReady()) && (await answersPing(port))) return;
    } catch {
      // Nobody listens yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new BenchError(`${name} did not serve within ${START_BOUND_MS / 1000} s`);
}

async function answersPing(port: number): Promise<boolean> {
  const connection = await Connection.open(port);
  try {
    return (await connection.line('PING')) === '+PONG';
  } finally {
    connection.close();
  }
}

function keyspaceOf(pid: number): ServerProcess {
  const found = processesOf(pid).find(({ role }) => role === 'keyspace' || role === 'server');
  if (found === undefined) throw new BenchError('the server has no keyspace process');
  return found;
}

async function end(child: ChildProcess, dir: string): Promise<void> {
  const gone = new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) resolve();
    child.once('exit', () => resolve());
  });
  child.kill('SIGTERM');
  const timer = setTimeout(() => killGroup(child), STOP_BOUND_MS);
  await gone;
  clearTimeout(timer);
  killGroup(child);
  live.delete(child);
  removeFolder(dir);
}
