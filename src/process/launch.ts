import path from 'node:path';
import { type CommandLine, parseCommandLine } from '../config/command-line.ts';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load.ts';
import { ConfigError } from '../config/setting-error.ts';
import { createLogger, type Logger } from '../log.ts';
import { isClusterWorker, onPrimaryLost } from './cluster.ts';
import { applyScheduling } from './scheduling.ts';
import { StartError } from './start-error.ts';

/** What the process was started with. */
export interface Launch {
  /** Arguments without node and script. */
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** The working folder. */
  readonly cwd: string;
  /** The binary, to be forked for other processes. */
  readonly script: string;
}

type Run = Extract<CommandLine, { action: 'run' | 'check' }>;

const exit = (code: number): void => process.exit(code);

/** The log of this process, once there is one. */
let openedLog: Logger | undefined;

/**
 * Makes of this process what the command line says. Each role loads only what it needs: so a worker is up sooner.
 * @throws what is a fault of ours; what the user can mend is told in one line and ends the process.
 */
export const launch = async (options: Launch): Promise<void> => {
  // Whoever reads our output may go away; the server goes on.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  try {
    await act(options);
  } catch (error) {
    const isTheirs = error instanceof StartError || error instanceof ConfigError;
    if (!isTheirs && openedLog !== undefined) return onFault(openedLog, error);
    if (!isTheirs) throw error;
    process.stderr.write(`corespond: ${error.message}\n`);
    exit(1);
  }
};

const act = async ({ argv, env, cwd, script }: Launch): Promise<void> => {
  const commandLine = parseCommandLine(argv);
  if ('text' in commandLine) {
    process.stdout.write(commandLine.text);
    return;
  }
  const config = loadConfig({ argv, env, cwd });
  if (commandLine.action === 'top') {
    const { runTop } = await import('../top/top.ts');
    const { stdin, stdout, stderr } = process;
    return exit(await runTop(commandLine, { config, env, stdin, stdout, stderr }));
  }
  if (commandLine.action === 'check') {
    await checkParts();
    const { preflight } = await import('./preflight.ts');
    process.stdout.write(`corespond: ${await preflight(config)}\n`);
    return;
  }
  await run(commandLine, config, env, script);
};

/** A build of which something is missing or broken, or a package that it needs, is to be found before a reload. */
const checkParts = async (): Promise<void> => {
  const root = path.resolve(import.meta.dirname, '..');
  const { checkBuild } = await import('./build.ts');
  checkBuild(root);
  await Promise.all([
    import('./supervisor.ts'),
    import('./keyspace-process.ts'),
    import('./worker-process.ts'),
    import('./standalone-process.ts'),
    import('../top/top.ts'),
  ]);
  const { Assets } = await import('../page/assets.ts');
  new Assets(root);
};

const run = async (
  { role, slot }: Run,
  config: Config,
  env: NodeJS.ProcessEnv,
  script: string,
): Promise<void> => {
  if ((role === 'worker' || role === 'core') && config.port === 0) {
    throw new StartError('port 0 cannot be agreed upon by processes that are started one by one; set a port');
  }
  if (role === 'worker') await runWorker(config, slot ?? instanceOf(env));
  else if (role === 'keyspace') await runKeyspace(config);
  else if (role === 'core') await runSupervisor(config, env, script, false);
  else if (isClusterWorker()) {
    throw new StartError(
      'workers in a cluster of pm2 need a core beside them; start ecosystem.config.js instead',
    );
  } else if (config.workers === 0) await runStandalone(config);
  else await runSupervisor(config, env, script, true);
};

/** The slot that pm2 gives to a worker. */
const instanceOf = ({ NODE_APP_INSTANCE: text = '' }: NodeJS.ProcessEnv): number =>
  /^\d{1,6}$/.test(text) ? Number(text) : 0;

const runSupervisor = async (
  config: Config,
  environment: NodeJS.ProcessEnv,
  script: string,
  ownWorkers: boolean,
): Promise<void> => {
  const log = openLog(config, ownWorkers ? 'supervisor' : 'core');
  const { Supervisor } = await import('./supervisor.ts');
  const { banner } = await import('./banner.ts');
  const supervisor = new Supervisor({ config, log, script, environment, ownWorkers, exit });
  onStopRequest(() => void supervisor.stop().then(() => exit(0)));
  process.on('SIGHUP', () => supervisor.roll());
  const ports = await supervisor.start();
  if (ownWorkers) process.stdout.write(banner(config, ports));
  else log.info({ metricsPort: ports.metricsPort }, 'ready for workers');
  process.send?.('ready');
};

const runStandalone = async (config: Config): Promise<void> => {
  const log = openLog(config, 'solo');
  const { StandaloneProcess } = await import('./standalone-process.ts');
  const { banner } = await import('./banner.ts');
  const standalone = new StandaloneProcess({ config, log, exit });
  onStopRequest(() => void standalone.stop().then(() => exit(0)));
  process.on('SIGHUP', () => {});
  process.stdout.write(banner(config, await standalone.start()));
  process.send?.('ready');
};

const runWorker = async (config: Config, slot: number): Promise<void> => {
  const log = openLog(config, 'worker', slot);
  applyScheduling(config, log);
  const { WorkerProcess } = await import('./worker-process.ts');
  const onListening = () => {
    log.debug('serving');
    process.send?.('ready');
  };
  const worker = new WorkerProcess({ config, slot, log, onListening, exit });
  onStopRequest(() => void worker.stop());
  process.on('SIGHUP', () => {});
  onPrimaryLost(() => void worker.stop());
  worker.start();
};

/** The keyspace ends when its supervisor says so or is gone, and not by a signal to the whole group of processes. */
const runKeyspace = async (config: Config): Promise<void> => {
  const orphaned = () => process.send === undefined || !process.connected;
  if (orphaned()) throw new StartError('a keyspace is started by its supervisor only');
  const log = openLog(config, 'keyspace');
  applyScheduling(config, log);
  const { KeyspaceProcess } = await import('./keyspace-process.ts');
  const keyspace = new KeyspaceProcess(config, log, exit);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  process.on('disconnect', () => void keyspace.stopOrphaned());
  if (orphaned()) return exit(1);
  await keyspace.start();
};

/** The log of this process, in which also its end by an unexpected error is recorded. */
const openLog = (config: Config, role: string, slot: number | null = null): Logger => {
  const log = createLogger(config, { role, slot });
  openedLog = log;
  process.on('uncaughtException', (error) => onFault(log, error));
  process.on('unhandledRejection', (error) => onFault(log, error));
  return log;
};

const onFault = (log: Logger, error: unknown): void => {
  log.fatal(
    { err: error instanceof Error ? error : new Error(String(error)) },
    'ended by an unexpected error',
  );
  exit(1);
};

/** Calls `stop` for whatever asks this process to end: a signal, or pm2's message. Asking twice changes nothing. */
const onStopRequest = (stop: () => void): void => {
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('message', (message) => {
    if (message === 'shutdown') stop();
  });
};
