import path from 'node:path';
import type { Config } from '../config/config.ts';
import { VERSION } from '../config/version.ts';
import { endpointOf } from './preflight.ts';
import type { Ports } from './supervisor.ts';

const README = path.resolve(import.meta.dirname, '../../README.md');

/** What a start prints: where the server listens, with how many workers, and where to look. */
export const banner = ({ host, workers, metricsHost }: Config, { port, metricsPort }: Ports): string => {
  const served = workers === 0 ? 'none, one process serves all' : `${workers}, and one keyspace process`;
  const metrics = metricsPort === null ? 'off' : `http://${endpointOf(metricsHost, metricsPort)}/metrics`;
  return [
    `corespond ${VERSION}`,
    `  listening  ${host.map((address) => endpointOf(address, port)).join(' ')}`,
    `  workers    ${served}`,
    `  metrics    ${metrics}`,
    `  docs       ${README}`,
    '',
  ].join('\n');
};
