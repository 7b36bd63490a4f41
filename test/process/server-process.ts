import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Exposition, get } from './exposition.ts';
import { whenWeAreGone } from './guardian.ts';
import { type GroupMember, membersOf, signal } from './process-group.ts';
import { until } from './until.ts';

export const ROOT = path.resolve(import.meta.dirname, '../..');
/** The binary that is built. */
export const MAIN = path.join(ROOT, 'dist/main.js');

/** Why these tests cannot run here, or false. */
export const unsupported =
  process.platform === 'linux' ? false : 'looks for processes in /proc, as Linux has it';

/** Where a test says what is to be done at its end: its context. */
export interface Scope {
  after(duty: () => void | Promise<void>): void;
}

/** A scope for servers that several tests of a suite share: what the suite's `after` runs. */
export class SuiteScope implements Scope {
  readonly #duties: Array<() => void | Promise<void>> = [];

  after(duty: () => void | Promise<void>): void {
    this.#duties.push(duty);
  }

  /** What came last goes first. */
  async end(): Promise<void> {
    for (const duty of this.#duties.toReversed()) await duty();
  }
}

export interface ServerOptions {
  /** Settings by flag name. Ports are chosen by the system unless they are given. */
  readonly settings?: Readonly<Record<string, string | number>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Words before the flags. */
  readonly words?: readonly string[];
  /** The working folder, which is the test's own affair then. */
  readonly folder?: string;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A line of the server's log. */
export interface LogLine {
  readonly level: string;
  readonly role: string;
  readonly msg: string;
  readonly [fact: string]: unknown;
}

/** A folder of the test's own, short enough for sockets. */
export function temporaryFolder(scope: Scope): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cs-'));
  scope.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The server under test with all its processes, in a process group of its own. */
export class ServerProcess {
  readonly child: ChildProcess;
  readonly folder: string;
  /** Settles when the first process is gone. */
  readonly exited: Promise<Exit>;
  readonly #callOff: () => void;
  output = '';
  errors = '';
  port = 0;
  metricsPort = 0;

  private constructor(folder: string, args: readonly string[], env: Readonly<Record<string, string>>) {
    this.folder = folder;
    this.child = spawn(process.execPath, [MAIN, ...args], {
      cwd: folder,
      detached: true,
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.on('data', (chunk: Buffer) => {
      this.output += chunk.toString();
    });
    this.child.stderr?.on('data', (chunk: Buffer) => {
      this.errors += chunk.toString();
    });
    this.exited = new Promise((resolve) => {
      this.child.once('close', (code, name) => resolve({ code, signal: name }));
    });
    this.#callOff = whenWeAreGone(`kill -KILL -${this.pid}; rm -rf ${folder}`);
  }

  /** Starts the binary, and does not wait for anything. */
  static spawn(
    scope: Scope,
    { settings = {}, env = {}, words = [], folder }: ServerOptions = {},
  ): ServerProcess {
    const own = folder ?? temporaryFolder(scope);
    const all = { port: 0, 'metrics-port': 0, 'run-dir': 'run', ...settings };
    const flags = Object.entries(all).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const server = new ServerProcess(own, [...words, ...flags], env);
    scope.after(() => server.destroy());
    return server;
  }

  /** Starts the server. @returns when it serves. @throws with its output when it does not. */
  static async start(scope: Scope, options: ServerOptions = {}): Promise<ServerProcess> {
    const server = ServerProcess.spawn(scope, options);
    await server.serving();
    return server;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get ended(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Waits for the block that a start prints. */
  async serving(): Promise<void> {
    const said = () => /^ {2}docs /m.test(this.output);
    await until('the server starts', () => said() || this.ended, 20_000);
    if (!said()) throw new Error(`the server has ended:\n${this.output}${this.errors}`);
    this.port = Number(/^ {2}listening +\S+:(\d+)/m.exec(this.output)?.[1]);
    this.metricsPort = Number(/^ {2}metrics +\S+:(\d+)/m.exec(this.output)?.[1]);
  }

  /** Its processes that live now. */
  get members(): GroupMember[] {
    return membersOf(this.pid);
  }

  /** The pid of the worker in a slot, the youngest if there are two; 0 if there is none. */
  worker(slot: number): number {
    return this.members.findLast((member) => member.role === 'worker' && member.slot === slot)?.pid ?? 0;
  }

  /** The pid of the keyspace; 0 if there is none. */
  get keyspace(): number {
    return this.members.find((member) => member.role === 'keyspace')?.pid ?? 0;
  }

  get log(): LogLine[] {
    const lines = this.output.split('\n').filter((line) => line.startsWith('{') && line.endsWith('}'));
    return lines.map((line) => JSON.parse(line));
  }

  /** Waits for a line of the log. */
  logged(part: string | RegExp): Promise<LogLine> {
    const fits = ({ msg }: LogLine) => (typeof part === 'string' ? msg.includes(part) : part.test(msg));
    return until(`the log says ${part}`, () => this.log.find(fits));
  }

  metrics(): Promise<Exposition> {
    return Exposition.of(this.metricsPort);
  }

  /** Waits until all processes are up. */
  async ready(): Promise<void> {
    await until('/readyz answers 200', async () => (await get(this.metricsPort, '/readyz')).status === 200);
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** As a terminal does it. */
  signalGroup(name: NodeJS.Signals): void {
    signal(-this.pid, name);
  }

  /** Waits for the end of the first process, and then of all. */
  async end(boundMs = 10_000): Promise<Exit> {
    await until('the server ends', () => this.ended, boundMs);
    await until('all its processes end', () => this.members.length === 0, boundMs);
    return this.exited;
  }

  /** Kills whatever is left. */
  async destroy(): Promise<void> {
    this.signalGroup('SIGKILL');
    await this.exited;
    await until('all processes are gone', () => this.members.length === 0);
    this.#callOff();
  }
}
