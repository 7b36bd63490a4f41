import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { canConnect } from './sockets.ts';

const PRIVATE = 0o700;

/** The folder in which the processes of one instance find each other; only its owner may enter it. */
export class RunDirectory {
  readonly path: string;
  /** Where the keyspace waits for workers. */
  readonly linkSocket: string;
  /** Where the supervisor waits for workers and the keyspace. */
  readonly controlSocket: string;
  readonly #pidFile: string;

  constructor(directory: string) {
    this.path = directory;
    this.linkSocket = path.join(directory, 'keyspace.sock');
    this.controlSocket = path.join(directory, 'control.sock');
    this.#pidFile = path.join(directory, 'supervisor.pid');
  }

  /**
   * Takes the folder for this process: makes it and clears away what a crash has left.
   * @throws Error if another instance lives in it or the folder belongs to somebody else.
   */
  async claim(): Promise<void> {
    mkdirSync(this.path, { recursive: true, mode: PRIVATE });
    const { uid } = statSync(this.path);
    if (process.getuid !== undefined && uid !== process.getuid()) {
      throw new Error(`the run directory ${this.path} belongs to another user`);
    }
    chmodSync(this.path, PRIVATE);
    if (await canConnect(this.controlSocket)) {
      throw new Error(`another corespond (pid ${this.#owner()}) runs in ${this.path}; stop it or set another run-dir`);
    }
    rmSync(this.controlSocket, { force: true });
    rmSync(this.linkSocket, { force: true });
    writeFileSync(this.#pidFile, `${process.pid}\n`, { mode: 0o600 });
  }

  /** Leaves the folder as it was found. */
  release(): void {
    for (const file of [this.controlSocket, this.linkSocket, this.#pidFile]) rmSync(file, { force: true });
    rmSync(this.path, { recursive: true, force: true });
  }

  #owner(): string {
    try {
      return readFileSync(this.#pidFile, 'utf8').trim();
    } catch {
      return 'unknown';
    }
  }
}
