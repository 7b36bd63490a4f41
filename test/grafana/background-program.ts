import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { whenWeAreGone } from '../process/guardian.ts';
import type { Scope } from '../process/server-process.ts';
import { until } from '../process/until.ts';

/** Why tests with these programs cannot run here, or false. */
export function missing(...programs: readonly string[]): string | false {
  const absent = programs.filter((program) => spawnSync(program, ['--version']).error);
  return absent.length > 0 && `not installed: ${absent.join(', ')} (Debian has packages of these names)`;
}

/** A program that runs until its scope ends, or this process does. */
export class BackgroundProgram {
  readonly #child: ChildProcess;
  readonly #name: string;
  #output = '';

  /** @param folder where it writes, which goes when this process does. */
  constructor(scope: Scope, name: string, args: readonly string[], folder?: string) {
    this.#name = name;
    const child = spawn(name, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString();
      });
    }
    const callOff = whenWeAreGone(
      `kill -KILL ${child.pid}${folder === undefined ? '' : `; rm -rf ${folder}`}`,
    );
    const closed = new Promise((resolve) => child.once('close', resolve));
    scope.after(async () => {
      child.kill('SIGKILL');
      await closed;
      callOff();
    });
  }

  /** Waits until an address answers with 200. @throws with the program's output when it does not. */
  async answering(url: string): Promise<void> {
    const ended = () => this.#child.exitCode !== null || this.#child.signalCode !== null;
    const answers = () => fetch(url, { signal: AbortSignal.timeout(1000) }).then(({ ok }) => ok);
    await until(`${this.#name} answers`, () => ended() || answers(), 20_000);
    if (ended()) throw new Error(`${this.#name} has ended:\n${this.#output}`);
  }
}
