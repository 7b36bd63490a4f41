#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { parseCommandLine } from './config/command-line.ts';
import type { Config } from './config/config.ts';
import { loadConfig } from './config/load.ts';
import { ConfigError } from './config/setting-error.ts';
import { createLogger } from './log.ts';
import { banner } from './process/banner.ts';
import { isClusterWorker, onPrimaryLost } from './process/cluster.ts';
import { KeyspaceProcess } from './process/keyspace-process.ts';
import { preflight } from './process/preflight.ts';
import { StandaloneProcess } from './process/standalone-process.ts';
import { Supervisor } from './process/supervisor.ts';
import { WorkerProcess } from './process/worker-process.ts';

const argv = process.argv.slice(2);
const exit = (code: number) => process.exit(code);

/** Calls `stop` for whatever asks this process to end: a signal, or pm2's message. Asking twice changes nothing. */
const onStopRequest = (stop: () => void): void => {
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('message', (message) => {
    if (message === 'shutdown') stop();
  });
};

const runSupervisor = async (config: Config, ownWorkers: boolean): Promise<void> => {
  const log = createLogger(config, { role: ownWorkers ? 'supervisor' : 'core' });
  const script = fileURLToPath(import.meta.url);
  const supervisor = new Supervisor({ config, log, script, environment: process.env, ownWorkers, exit });
  onStopRequest(() => void supervisor.stop().then(() => exit(0)));
  process.on('SIGHUP', () => supervisor.roll());
  const metricsPort = await supervisor.start();
  if (ownWorkers) process.stdout.write(banner(config, config.port, metricsPort));
  process.send?.('ready');
};

const runStandalone = async (config: Config): Promise<void> => {
  const standalone = new StandaloneProcess(config, createLogger(config, { role: 'solo' }), exit);
  onStopRequest(() => void standalone.stop().then(() => exit(0)));
  process.on('SIGHUP', () => {});
  const { port, metricsPort } = await standalone.start();
  process.stdout.write(banner(config, port, metricsPort));
  process.send?.('ready');
};

const runWorker = (config: Config, slot: number): void => {
  const log = createLogger(config, { role: 'worker', slot });
  const worker = new WorkerProcess(config, slot, log, () => process.send?.('ready'), exit);
  onStopRequest(() => void worker.stop());
  process.on('SIGHUP', () => {});
  if (isClusterWorker()) onPrimaryLost(() => void worker.stop());
  worker.start();
};

/** The keyspace ends when its supervisor says so or is gone, and not by a signal to the whole group of processes. */
const runKeyspace = async (config: Config): Promise<void> => {
  const keyspace = new KeyspaceProcess(config, createLogger(config, { role: 'keyspace' }), exit);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  process.on('disconnect', () => void keyspace.stop());
  await keyspace.start();
};

const main = async (): Promise<void> => {
  const commandLine = parseCommandLine(argv);
  if ('text' in commandLine) {
    process.stdout.write(commandLine.text);
    return;
  }
  const config = loadConfig({ argv, env: process.env, cwd: process.cwd() });
  if (commandLine.action === 'check') {
    await preflight(config);
    process.stdout.write('The configuration is good.\n');
    return;
  }
  const slot = commandLine.slot ?? Number(process.env.NODE_APP_INSTANCE ?? 0);
  if (commandLine.role === 'worker') runWorker(config, slot);
  else if (commandLine.role === 'keyspace') await runKeyspace(config);
  else if (commandLine.role === 'supervisor' && config.workers === 0) await runStandalone(config);
  else await runSupervisor(config, commandLine.role === 'supervisor');
};

process.on('unhandledRejection', (reason) => {
  throw reason;
});

main().catch((error: unknown) => {
  const expected = error instanceof ConfigError || (error instanceof Error && !(error instanceof TypeError));
  process.stderr.write(`corespond: ${expected ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  exit(1);
});
