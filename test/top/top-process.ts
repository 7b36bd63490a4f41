import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { MAIN, type Scope, temporaryFolder } from '../process/server-process.ts';
import { until } from '../process/until.ts';

export interface TopProcessOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Words of the shell that runs instead, on a terminal of `script`. */
  readonly script?: string;
  readonly folder?: string;
}

/** `corespond top` as its user starts it. */
export class TopProcess {
  readonly child: ChildProcess;
  /** The exit code. */
  readonly exited: Promise<number | null>;
  output = '';
  errors = '';

  constructor(scope: Scope, args: readonly string[], { env = {}, script, folder }: TopProcessOptions = {}) {
    const options = {
      cwd: folder ?? temporaryFolder(scope),
      env: { PATH: process.env.PATH, TERM: 'xterm-256color', TZ: 'UTC', ...env },
    };
    this.child =
      script === undefined
        ? spawn(process.execPath, [MAIN, 'top', ...args], options)
        : spawn('script', ['-qefc', script, '/dev/null'], options);
    this.child.stdout?.on('data', (part: Buffer) => {
      this.output += part.toString();
    });
    this.child.stderr?.on('data', (part: Buffer) => {
      this.errors += part.toString();
    });
    this.child.stdin?.on('error', () => {});
    this.exited = once(this.child, 'close').then(([code]) => code);
    scope.after(async () => {
      this.child.kill('SIGKILL');
      await this.exited;
    });
  }

  /** Waits for the end. @returns the exit code */
  async end(): Promise<number | null> {
    const { child } = this;
    const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
    await until(`corespond top ends; it has said ${this.output}${this.errors}`, hasEnded);
    return this.exited;
  }

  /** Waits until the output has something in it. */
  async says(what: string | RegExp): Promise<void> {
    const fits = () => (typeof what === 'string' ? this.output.includes(what) : what.test(this.output));
    await until(`corespond top says ${what}`, fits).catch((error: Error) => {
      throw new Error(`${error.message}; it has said ${JSON.stringify(this.output + this.errors)}`);
    });
  }
}
