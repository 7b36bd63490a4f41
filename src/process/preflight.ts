import { accessSync, constants } from 'node:fs';
import type { Config } from '../config/config.ts';
import { tryListen } from './sockets.ts';

/**
 * Finds out what would keep the server from starting, changing nothing.
 * @throws Error whose message is one line for the user.
 */
export const preflight = async (config: Config): Promise<void> => {
  checkDirectory(config.dir);
  for (const host of config.host) await checkPort(host, config.port, 'port');
  if (config.metricsPort !== null) await checkPort(config.metricsHost, config.metricsPort, 'metrics-port');
};

const checkDirectory = (directory: string): void => {
  try {
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Error(`the data directory ${directory} cannot be used: ${reasonOf(error)}`);
  }
};

const checkPort = async (host: string, port: number, setting: string): Promise<void> => {
  if (port === 0) return;
  try {
    await tryListen(host, port);
  } catch (error) {
    throw new Error(`cannot listen on ${host}:${port} (${setting}): ${reasonOf(error)}`);
  }
};

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is in use',
  EACCES: 'permission denied',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOENT: 'it does not exist',
  ENOTDIR: 'it is not a directory',
};

/** The reason of a system error in words. */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return REASONS[code] ?? error.message;
};
