import {
  accessSync,
  constants,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { isListening } from './sockets.ts';
import { codeOf, reasonOf, StartError } from './start-error.ts';

const PRIVATE = 0o700;
const WRITABLE_BY_OTHERS = 0o022;
/** How long the keyspace of a supervisor that was killed may take to end, in milliseconds. */
const VACATE_TIMEOUT = 5000;

/** The folder in which the processes of one instance find each other; only its owner may write to it. */
export class RunDirectory {
  readonly path: string;
  /** Where the keyspace waits for workers. */
  readonly linkSocket: string;
  /** Where the supervisor waits for workers and the keyspace. */
  readonly controlSocket: string;
  readonly #pidFile: string;
  #claimed = false;

  constructor(directory: string) {
    this.path = directory;
    this.linkSocket = path.join(directory, 'keyspace.sock');
    this.controlSocket = path.join(directory, 'control.sock');
    this.#pidFile = path.join(directory, 'supervisor.pid');
  }

  /** The pid of the supervisor that lives here, `unknown` if it did not leave it; undefined if there is none. */
  async occupant(): Promise<string | undefined> {
    if (!(await isListening(this.controlSocket))) return undefined;
    try {
      return readFileSync(this.#pidFile, 'utf8').trim();
    } catch {
      return 'unknown';
    }
  }

  /** Finds out whether the folder could be claimed, and changes nothing. @throws StartError */
  check(): void {
    const found = this.#stat();
    if (found !== undefined) {
      this.#checkStats(found);
      return;
    }
    let ancestor = path.dirname(this.path);
    while (statOf(ancestor) === undefined && ancestor !== path.dirname(ancestor))
      ancestor = path.dirname(ancestor);
    try {
      accessSync(ancestor, constants.W_OK | constants.X_OK);
    } catch (error) {
      throw new StartError(`the run directory ${this.path} cannot be made: ${reasonOf(error)}`);
    }
  }

  /**
   * Takes the folder for this process: makes it and clears away what a crash has left.
   * @throws StartError if another instance lives in it or the folder is not ours alone.
   */
  async claim(): Promise<void> {
    this.#make();
    const occupant = await this.occupant();
    if (occupant !== undefined) {
      throw new StartError(
        `another corespond (pid ${occupant}) runs in ${this.path}; stop it or set another run-dir`,
      );
    }
    await this.#vacate();
    try {
      rmSync(this.controlSocket, { force: true });
      rmSync(this.linkSocket, { force: true });
      writeFileSync(this.#pidFile, `${process.pid}\n`, { mode: 0o600 });
    } catch (error) {
      throw new StartError(`the run directory ${this.path} cannot be used: ${reasonOf(error)}`);
    }
    this.#claimed = true;
  }

  /** Removes what is ours if the folder was claimed, and the folder if nothing else is in it. */
  release(): void {
    if (!this.#claimed) return;
    for (const file of [this.controlSocket, this.linkSocket, this.#pidFile]) rmSync(file, { force: true });
    try {
      rmdirSync(this.path);
    } catch {
      // Somebody else's files are in it, or it is gone.
    }
  }

  #make(): void {
    try {
      mkdirSync(this.path, { recursive: true, mode: PRIVATE });
    } catch (error) {
      throw new StartError(`the run directory ${this.path} cannot be made: ${reasonOf(error)}`);
    }
    this.#checkStats(statSync(this.path));
  }

  #stat(): Stats | undefined {
    try {
      return statOf(this.path);
    } catch (error) {
      throw new StartError(`the run directory ${this.path} cannot be used: ${reasonOf(error)}`);
    }
  }

  #checkStats(found: Stats): void {
    if (!found.isDirectory()) throw new StartError(`the run directory ${this.path} is not a folder`);
    const owners = [found.uid, lstatSync(this.path).uid];
    if (process.getuid !== undefined && owners.some((owner) => owner !== process.getuid?.())) {
      throw new StartError(`the run directory ${this.path} belongs to another user`);
    }
    if ((found.mode & WRITABLE_BY_OTHERS) !== 0) {
      throw new StartError(
        `the run directory ${this.path} is writable by others; it must be writable by you alone`,
      );
    }
  }

  /** The keyspace of a killed supervisor ends by itself: there must never be two of them. */
  async #vacate(): Promise<void> {
    const deadline = performance.now() + VACATE_TIMEOUT;
    while (await isListening(this.linkSocket)) {
      if (performance.now() > deadline) {
        throw new StartError(`the keyspace of an earlier corespond still runs in ${this.path}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

const statOf = (file: string): Stats | undefined => {
  try {
    return statSync(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};
