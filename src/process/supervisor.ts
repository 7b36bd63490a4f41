import { type ChildProcess, fork } from 'node:child_process';
import { type Config, variablesFrom } from '../config/config.ts';
import type { Logger } from '../log.ts';
import { Child } from './child.ts';
import { forkWorker } from './cluster.ts';
import type { UpwardMessage } from './control-message.ts';
import { ControlServer, type Member } from './control-server.ts';
import { Observatory } from './observatory.ts';
import { preflight } from './preflight.ts';
import { RestartPolicy } from './restart-policy.ts';
import { RunDirectory } from './run-directory.ts';
import { WorkerPool } from './worker-pool.ts';

export interface SupervisorOptions {
  readonly config: Config;
  readonly log: Logger;
  /** The binary, which is forked for every other process. */
  readonly script: string;
  /** The environment for the processes it starts. */
  readonly environment: NodeJS.ProcessEnv;
  /** False under pm2, which forks the workers itself. */
  readonly ownWorkers: boolean;
  readonly exit: (code: number) => void;
}

/** The control plane: starts keyspace and workers, replaces those that die or hang, keeps their books. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #config: Config;
  readonly #log: Logger;
  readonly #directory: RunDirectory;
  readonly #control: ControlServer;
  readonly #pool: WorkerPool;
  readonly #observatory: Observatory;
  readonly #keyspacePolicy = new RestartPolicy();
  #keyspace: Child | undefined;
  #watchdog: NodeJS.Timeout | undefined;
  #stopping = false;

  constructor(options: SupervisorOptions) {
    const { config, log } = options;
    this.#options = options;
    this.#config = config;
    this.#log = log;
    this.#directory = new RunDirectory(config.runDir);
    this.#observatory = new Observatory(config, log);
    this.#control = new ControlServer({
      path: this.#directory.controlSocket,
      log,
      now: () => performance.now(),
      onMessage: (member, message) => this.#onMessage(member, message),
      onGone: (member) => this.#observatory.onGone(member),
    });
    this.#pool = new WorkerPool({
      size: options.ownWorkers ? config.workers : 0,
      log,
      fork: (slot) => forkWorker(options.script, slot, variablesFrom(config)),
      drainTime: () => config.shutdownTimeout * 1000,
      onRestart: (slot, reason) => this.#observatory.onRestart(slot, reason),
      onHopeless: () => void this.#giveUp('no worker can be started'),
    });
  }

  /**
   * Starts everything.
   * @returns the port of the metrics server, null if there is none, once all processes serve.
   * @throws Error whose message is one line for the user; then nothing is left behind.
   */
  async start(): Promise<number | null> {
    await this.#directory.claim();
    try {
      await preflight({ ...this.#config, metricsPort: null, ...(this.#options.ownWorkers ? {} : { port: 0 }) });
      await this.#control.start();
      const metricsPort = await this.#observatory.start();
      await this.#forkKeyspace().serving;
      await this.#pool.start();
      this.#watchdog = setInterval(() => this.#lookForHung(), 500);
      return metricsPort;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Replaces the workers one by one. */
  roll(): void {
    void this.#pool.roll();
  }

  /** Ends everything: first the workers, each after it has said goodbye, then the keyspace. */
  async stop(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    clearInterval(this.#watchdog);
    await this.#pool.stop();
    await this.#stopKeyspace();
    await this.#observatory.stop();
    this.#control.stop();
    this.#directory.release();
  }

  async #stopKeyspace(): Promise<void> {
    const keyspace = this.#keyspace;
    if (keyspace === undefined) return;
    keyspace.retired = true;
    for (const member of this.#control.members) if (member.role === 'keyspace') member.send({ type: 'stop' });
    const timer = setTimeout(() => keyspace.process.kill('SIGKILL'), 5000);
    if (keyspace.process.exitCode === null && keyspace.process.signalCode === null) await keyspace.gone;
    clearTimeout(timer);
  }

  #forkKeyspace(): Child {
    const child = new Child(this.#forkProcess('keyspace'), Date.now());
    this.#keyspace = child;
    child.process.once('exit', (code, signal) => this.#onKeyspaceExit(child, code, signal));
    return child;
  }

  #forkProcess(role: string): ChildProcess {
    const env = { ...this.#options.environment, ...variablesFrom(this.#config) };
    return fork(this.#options.script, [role], { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  }

  #onKeyspaceExit(child: Child, code: number | null, signal: string | null): void {
    if (child.retired || this.#stopping) return;
    this.#log.error({ code, signal }, 'the keyspace has died: its data is lost, and it is started again');
    const delay = this.#keyspacePolicy.onExit(Date.now() - child.startedAt, child.ready);
    if (this.#keyspacePolicy.hopeless) return void this.#giveUp('the keyspace cannot be started');
    setTimeout(() => {
      if (!this.#stopping) this.#forkKeyspace();
    }, delay);
  }

  #onMessage(member: Member, message: UpwardMessage): void {
    if (message.type === 'ready') {
      if (member.role === 'keyspace') this.#keyspace?.markReady();
      else this.#pool.markReady(member.pid);
    } else if (message.type === 'shutdown') {
      this.#log.info('a client has asked for the shutdown');
      void this.stop().then(() => this.#options.exit(0));
    }
    this.#observatory.onMessage(member, message);
  }

  /** A worker whose event loop is blocked sends no reports: it is killed, and whoever forked it replaces it. */
  #lookForHung(): void {
    const limit = this.#config.workerHangTimeout * 1000;
    if (limit === 0) return;
    for (const member of this.#control.members) {
      if (member.role !== 'worker' || performance.now() - member.lastHeard < limit) continue;
      if (this.#options.ownWorkers) this.#pool.killHung(member.pid);
      else this.#killForeign(member);
    }
  }

  #killForeign(member: Member): void {
    this.#log.error({ worker: member.pid }, 'a worker gives no sign of life and is killed');
    this.#observatory.onRestart(member.slot, 'hang');
    this.#control.members.delete(member);
    try {
      process.kill(member.pid, 'SIGKILL');
    } catch (error) {
      this.#log.debug({ err: error }, 'it was gone already');
    }
  }

  async #giveUp(reason: string): Promise<void> {
    if (this.#stopping) return;
    this.#log.fatal(`${reason}: giving up`);
    await this.stop();
    this.#options.exit(1);
  }
}
