import { accessSync, constants } from 'node:fs';
import type { Config } from '../config/config.ts';
import { LINK_VERSION } from '../link/frame.ts';
import { bindAddress, endpoint, isMissingAddress, isWildcard } from '../net/bind-address.ts';
import { RunDirectory } from './run-directory.ts';
import { runningLinkVersion } from './running-link.ts';
import { tryListen } from './sockets.ts';
import { reasonOf, StartError } from './start-error.ts';

/** How often a free port is looked for that every address can be listened on with. */
const ATTEMPTS = 10;

/**
 * Finds out what would keep the server from starting, changing nothing. Where an instance runs with this run directory
 * already, its ports are taken by itself and not looked at: so it can be asked before a reload.
 * @returns what was found, in one line.
 * @throws StartError
 */
export const preflight = async (config: Config): Promise<string> => {
  checkDirectory(config.dir);
  checkPortsDiffer(config);
  if (config.workers > 0) {
    const directory = new RunDirectory(config.runDir);
    directory.check();
    const occupant = await directory.occupant();
    if (occupant !== undefined) {
      await checkLink(directory.linkSocket);
      return `the configuration is good; an instance runs in this run directory (pid ${occupant}), so ports were not tried`;
    }
  }
  await checkPorts(config);
  if (config.metricsPort !== null) await checkPort(config.metricsHost, config.metricsPort, 'metrics-port');
  return 'the configuration is good';
};

/** Checks that new workers of this build could work with the keyspace that runs. @throws StartError */
const checkLink = async (socket: string): Promise<void> => {
  const version = await runningLinkVersion(socket);
  if (version === undefined || version === LINK_VERSION) return;
  throw new StartError(
    `workers of this build do not work with the keyspace that runs (version ${LINK_VERSION} of the link, not ${version}): a reload would end the service; start all processes anew instead, with no data`,
  );
};

/** Checks that the folder for data can be used. @throws StartError */
export const checkDirectory = (directory: string): void => {
  try {
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StartError(`the data directory ${directory} cannot be used: ${reasonOf(error)}`);
  }
};

/** Checks that clients and metrics are not given one port of one address. @throws StartError */
export const checkPortsDiffer = ({ host, port, metricsHost, metricsPort }: Config): void => {
  if (port === 0 || port !== metricsPort) return;
  const metricsAddress = bindAddress(metricsHost).host;
  const addresses = host.map((setting) => bindAddress(setting).host);
  const shared = addresses.some(
    (address) => address === metricsAddress || isWildcard(address) || isWildcard(metricsAddress),
  );
  if (shared) throw new StartError(`metrics-port is ${metricsPort}, and so is port; they must differ`);
};

/**
 * Checks that every address can be listened on.
 * @returns the port: with 0 asked for, one that is free on all of them.
 * @throws StartError
 */
export const checkPorts = async ({ host, port }: Pick<Config, 'host' | 'port'>): Promise<number> => {
  for (let attempt = 1; ; attempt++) {
    try {
      let chosen = port;
      for (const address of host) chosen = await checkPort(address, chosen, 'port');
      return chosen;
    } catch (error) {
      if (port !== 0 || host.length === 1 || attempt === ATTEMPTS) throw error;
    }
  }
};

const checkPort = async (host: string, port: number, setting: string): Promise<number> => {
  const address = bindAddress(host);
  try {
    return await tryListen(address, port);
  } catch (error) {
    if (address.optional && isMissingAddress(error)) return port;
    throw cannotListen(host, port, setting, error);
  }
};

const cannotListen = (host: string, port: number, setting: string, error: unknown): StartError =>
  new StartError(
    `cannot listen on ${endpoint(bindAddress(host).host, port)} (${setting}): ${reasonOf(error)}`,
  );
