import path from 'node:path';
import type { Config } from '../config/config.ts';
import { VERSION } from '../config/version.ts';
import { bindAddress, endpoint, isWildcard, reachableHost } from '../net/bind-address.ts';
import type { Ports } from './supervisor.ts';

const README = path.resolve(import.meta.dirname, '../../README.md');

/** What a start prints: where the server listens, with how many workers, and where to look. */
export const banner = ({ host, workers, metricsHost }: Config, { port, metricsPort }: Ports): string => {
  const served = workers === 0 ? 'none, one process serves all' : `${workers}, and one keyspace process`;
  return [
    `corespond ${VERSION}`,
    `  listening  ${host.map((address) => endpoint(bindAddress(address).host, port)).join(' ')}`,
    `  workers    ${served}`,
    ...(metricsPort === null ? ['  metrics    off'] : pages(metricsHost, metricsPort)),
    `  docs       ${README}`,
    '',
  ].join('\n');
};

/** Addresses to be opened from here; where they are open to others, that is said too. */
const pages = (setting: string, port: number): string[] => {
  const { host } = bindAddress(setting);
  const root = `http://${endpoint(reachableHost(setting), port)}`;
  const wide = isWildcard(host) ? ` (listening on ${endpoint(host, port)})` : '';
  return [`  metrics    ${root}/metrics${wide}`, `  status     ${root}/${wide}`];
};
