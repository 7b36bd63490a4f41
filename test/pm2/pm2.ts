import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { whenWeAreGone } from '../process/guardian.ts';
import { signal } from '../process/process-group.ts';
import { ROOT } from '../process/server-process.ts';
import { until } from '../process/until.ts';

const BINARY = path.join(ROOT, 'node_modules/pm2/bin/pm2');
const BOUND_MS = 40_000;

/** One process of pm2's list. */
export interface Listed {
  readonly name: string;
  readonly pid: number;
  readonly status: string;
  readonly restarts: number;
}

/** A pm2 of our own with a daemon of its own, in a copy of what a user has: ecosystem.config.js and dist. */
export class Pm2 {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'cs-'));
  readonly #env: NodeJS.ProcessEnv;
  readonly #callOff: () => void;

  /** @param settings for the server, as variables of the environment. */
  constructor(settings: Readonly<Record<string, string>>) {
    const { folder } = this;
    for (const file of ['ecosystem.config.js', 'package.json']) {
      cpSync(path.join(ROOT, file), path.join(folder, file));
    }
    symlinkSync(path.join(ROOT, 'dist'), path.join(folder, 'dist'));
    const home = path.join(folder, 'pm2');
    this.#env = {
      PATH: process.env.PATH,
      HOME: folder,
      PM2_HOME: home,
      PM2_DISABLE_VERSION_CHECK: 'true',
      ...settings,
    };
    this.#callOff = whenWeAreGone(`${process.execPath} ${BINARY} kill; rm -rf ${folder}`, this.#env);
  }

  /** Runs a command of pm2. @returns what it printed. @throws if it fails. */
  async run(...args: readonly string[]): Promise<string> {
    const options = { cwd: this.folder, env: this.#env, timeout: BOUND_MS };
    const { stdout } = await promisify(execFile)(process.execPath, [BINARY, ...args], options);
    return stdout;
  }

  async list(name: string): Promise<Listed[]> {
    const text = await this.run('jlist');
    const all: Array<{ name: string; pid: number; pm2_env: { status: string; restart_time: number } }> =
      JSON.parse(text.slice(text.indexOf('[{')));
    return all
      .filter((one) => one.name === name)
      .map(({ pid, pm2_env }) => ({ name, pid, status: pm2_env.status, restarts: pm2_env.restart_time }));
  }

  /** The pid of pm2's daemon. */
  get daemon(): number {
    return Number(readFileSync(path.join(this.folder, 'pm2/pm2.pid'), 'utf8'));
  }

  /** Every process that this pm2 has started, itself included. */
  get processes(): number[] {
    const mark = `PM2_HOME=${path.join(this.folder, 'pm2')}\0`;
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0 && environmentOf(pid).includes(mark));
  }

  /** Ends pm2 and what it has started, by force if need be. */
  async destroy(): Promise<void> {
    if (this.processes.includes(this.daemon)) await this.run('kill').catch(() => {});
    for (const pid of this.processes) signal(pid, 'SIGKILL');
    await until('all processes are gone', () => this.processes.length === 0);
    this.#callOff();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return '';
  }
}
