import path from 'node:path';
import type { Config } from '../config/config.ts';
import { VERSION } from '../config/version.ts';
import { endpointOf } from './preflight.ts';
import type { Ports } from './supervisor.ts';

const README = path.resolve(import.meta.dirname, '../../README.md');

/** What a start prints: where the server listens, with how many workers, and where to look. */
export const banner = ({ host, workers, metricsHost }: Config, { port, metricsPort }: Ports): string => {
  const served = workers === 0 ? 'none, one process serves all' : `${workers}, and one keyspace process`;
  const seen = metricsPort === null ? undefined : `http://${endpointOf(metricsHost, metricsPort)}`;
  return [
    `corespond ${VERSION}`,
    `  listening  ${host.map((address) => endpointOf(address, port)).join(' ')}`,
    `  workers    ${served}`,
    `  metrics    ${seen === undefined ? 'off' : `${seen}/metrics`}`,
    ...(seen === undefined ? [] : [`  status     ${seen}/`]),
    `  docs       ${README}`,
    '',
  ].join('\n');
};
