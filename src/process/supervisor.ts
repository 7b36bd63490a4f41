import { type ChildProcess, fork } from 'node:child_process';
import { type Config, variablesFrom } from '../config/config.ts';
import { type Logger, levelFor } from '../log.ts';
import { KEYSPACE } from '../metrics/catalogue.ts';
import type { Child } from './child.ts';
import { forkWorker } from './cluster.ts';
import type { UpwardMessage } from './control-message.ts';
import { ControlServer, type Member } from './control-server.ts';
import { ForeignWorkers } from './foreign-workers.ts';
import { Observatory } from './observatory.ts';
import { checkDirectory, checkPorts, checkPortsDiffer } from './preflight.ts';
import { ProcessSlot } from './process-slot.ts';
import { unreadyMembers } from './readiness.ts';
import { RunDirectory } from './run-directory.ts';
import { reasonOf, StartError } from './start-error.ts';
import { TrafficRelay } from './traffic-relay.ts';
import { Watchdog } from './watchdog.ts';
import { WorkerPool } from './worker-pool.ts';

/** How long the keyspace may take to end, in milliseconds. */
const KEYSPACE_EXIT_TIME = 5000;
/** How long to wait for word from workers that somebody else stops together with us, in milliseconds. */
const FOREIGN_WORD_TIME = 500;

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

/** Where the server can be reached. */
export interface Ports {
  readonly port: number;
  /** Null if metrics are shown nowhere. */
  readonly metricsPort: number | null;
}

/** The control plane: starts keyspace and workers, replaces those that die or hang, keeps their books. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #log: Logger;
  readonly #directory: RunDirectory;
  readonly #control: ControlServer;
  readonly #keyspace: ProcessSlot;
  readonly #pool: WorkerPool;
  /** Undefined if all workers are our own. */
  readonly #foreign: ForeignWorkers | undefined;
  readonly #observatory: Observatory;
  readonly #relay: TrafficRelay;
  readonly #watchdog: Watchdog<Member>;
  /** With the port that was chosen, if none was given. */
  #config: Config;
  /** How long workers may take to say goodbye to their clients, in seconds. */
  #shutdownTimeout: number;
  #started = false;
  #stopped: Promise<void> | undefined;
  #onHopeless: (error: StartError) => void = () => {};

  constructor(options: SupervisorOptions) {
    const { config, log, ownWorkers } = options;
    this.#options = options;
    this.#config = config;
    this.#shutdownTimeout = config.shutdownTimeout;
    this.#log = log;
    this.#directory = new RunDirectory(config.runDir);
    const slots = Array.from({ length: ownWorkers ? config.workers : 0 }, (_, slot) => slot);
    this.#observatory = new Observatory({
      config,
      log,
      mode: ownWorkers ? 'cluster' : 'pm2',
      slots: () => this.#foreign?.slots ?? slots,
      problems: () => [...unreadyMembers([...this.#control.members]), ...(this.#foreign?.problems ?? [])],
    });
    const now = () => performance.now();
    this.#control = new ControlServer({
      path: this.#directory.controlSocket,
      log,
      now,
      onMessage: (member, message) => this.#onMessage(member, message),
      onGone: (member) => this.#onGone(member),
    });
    this.#relay = new TrafficRelay({
      traffic: () => this.#observatory.traffic,
      keyspaces: () => this.#control.membersOf('keyspace'),
    });
    this.#foreign = ownWorkers ? undefined : this.#foreignWorkers();
    this.#keyspace = this.#keyspaceSlot();
    this.#pool = this.#workerPool(slots.length);
    this.#watchdog = new Watchdog({
      limit: config.workerHangTimeout * 1000,
      now,
      watched: () => this.#control.membersOf('worker'),
      onSilent: (worker) => this.#onSilent(worker),
    });
  }

  /**
   * Starts everything.
   * @returns where it can be reached, once all processes serve.
   * @throws StartError; then nothing is left behind.
   */
  async start(): Promise<Ports> {
    await this.#directory.claim();
    const hopeless = new Promise<never>((_, reject) => {
      this.#onHopeless = reject;
    });
    try {
      await this.#choosePort();
      await this.#openControl();
      const metricsPort = await this.#observatory.start();
      await Promise.race([hopeless, this.#keyspace.start()]);
      await Promise.race([hopeless, this.#pool.start()]);
      this.#watchdog.start();
      this.#started = true;
      return { port: this.#config.port, metricsPort };
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Replaces the workers one by one; those that somebody else has started are his affair. */
  roll(): void {
    if (this.#started && this.#foreign === undefined) void this.#pool.roll();
  }

  /** Ends everything: first the workers, each after it has said goodbye to its clients, then the keyspace. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#observatory.announceStop();
    this.#watchdog.stop();
    await this.#pool.stop();
    await this.#letForeignWorkersGo();
    await this.#keyspace.stop((child) => child.retire(KEYSPACE_EXIT_TIME, () => this.#stopKeyspace(child)));
    await this.#observatory.stop();
    this.#relay.stop();
    this.#control.stop();
    this.#directory.release();
  }

  /** Whoever starts the workers may be stopping them now: they need the keyspace to the end. */
  async #letForeignWorkersGo(): Promise<void> {
    const begun = performance.now();
    for (;;) {
      const workers = this.#control.membersOf('worker');
      const draining = workers.some((worker) => worker.draining);
      const patience = draining ? this.#shutdownTimeout * 1000 : FOREIGN_WORD_TIME;
      if (workers.length === 0 || performance.now() - begun > patience) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** One that has not even said hello has nothing to lose. */
  #stopKeyspace({ pid, process }: Child): void {
    const member = this.#control.membersOf('keyspace').find((keyspace) => keyspace.pid === pid);
    if (member === undefined) process.kill('SIGKILL');
    else member.send({ type: 'stop' });
  }

  /** @throws StartError */
  async #choosePort(): Promise<void> {
    const config = this.#config;
    checkDirectory(config.dir);
    checkPortsDiffer(config);
    if (this.#options.ownWorkers) this.#config = { ...config, port: await checkPorts(config) };
  }

  /** @throws StartError */
  async #openControl(): Promise<void> {
    try {
      await this.#control.start();
    } catch (error) {
      throw new StartError(`cannot listen in the run directory ${this.#directory.path}: ${reasonOf(error)}`);
    }
  }

  #foreignWorkers(): ForeignWorkers {
    return new ForeignWorkers({
      log: this.#log,
      expected: this.#config.workers,
      now: Date.now,
      uptime: () => performance.now(),
      onStart: (slot) => this.#observatory.onStart(slot),
      onStop: (slot) => this.#observatory.onStop(slot),
      onRestart: (slot, reason) => this.#observatory.onRestart(slot, reason),
    });
  }

  #keyspaceSlot(): ProcessSlot {
    return new ProcessSlot({
      name: 'the keyspace',
      log: this.#log,
      fork: () => this.#forkKeyspace(),
      onRestart: (reason) => this.#observatory.onRestart(KEYSPACE, reason),
      onHopeless: () => this.#giveUp('the keyspace cannot be started'),
    });
  }

  #workerPool(size: number): WorkerPool {
    const { log, script } = this.#options;
    return new WorkerPool({
      size,
      log,
      fork: (slot) => forkWorker(script, slot, variablesFrom(this.#config)),
      drainTime: () => this.#shutdownTimeout * 1000,
      onRestart: (slot, reason) => this.#observatory.onRestart(slot, reason),
      onHopeless: () => this.#giveUp('no worker can be started'),
    });
  }

  #forkKeyspace(): ChildProcess {
    const { script, environment } = this.#options;
    const env = { ...environment, ...variablesFrom(this.#config) };
    return fork(script, ['keyspace'], { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  }

  #onMessage(member: Member, message: UpwardMessage): void {
    if (message.type === 'hello') {
      if (member.role === 'worker') this.#foreign?.onHello(member);
      else this.#relay.tell([member]);
    } else if (message.type === 'ready') {
      if (member.role === 'keyspace') this.#keyspace.markReady(member.pid);
      else this.#pool.markReady(member.pid);
    } else if (message.type === 'settings') {
      this.#shutdownTimeout = message.shutdownTimeout;
      this.#log.level = levelFor(message.logLevel);
    } else if (message.type === 'report') {
      this.#observatory.accept(message.report);
      if (member.role === 'worker') this.#relay.announce();
    } else if (message.type === 'update') {
      this.#observatory.update(member, message.figures);
      this.#relay.announce();
    } else if (message.type === 'shutdown') {
      this.#log.info('a client has asked for the shutdown');
      void this.stop().then(() => this.#options.exit(0));
    }
  }

  #onGone(member: Member): void {
    this.#observatory.retire(member);
    if (member.role === 'worker') this.#foreign?.onGone(member);
  }

  /** A worker whose event loop is blocked sends no reports: it is killed, and whoever forked it replaces it. */
  #onSilent(worker: Member): void {
    if (this.#foreign === undefined) this.#pool.killHung(worker.pid);
    else this.#foreign.kill(worker);
  }

  #giveUp(reason: string): void {
    if (!this.#started) {
      this.#onHopeless(new StartError(reason));
      return;
    }
    this.#log.fatal(`${reason}: giving up`);
    void this.stop().then(() => this.#options.exit(1));
  }
}
