import type { Config } from '../config/config.ts';
import { VERSION } from '../config/version.ts';

const DOCS = 'https://www.npmjs.com/package/corespond';

/** What a start prints: where the server listens, with how many workers, and where to look. */
export const banner = (config: Config, port: number, metricsPort: number | null): string => {
  const hosts = config.host.map((host) => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`));
  const workers =
    config.workers === 0 ? 'none, one process serves all' : `${config.workers}, and one keyspace process`;
  const metrics = metricsPort === null ? 'off' : `http://${config.metricsHost}:${metricsPort}/metrics`;
  return [
    `corespond ${VERSION}`,
    `  listening  ${hosts.join(' ')}`,
    `  workers    ${workers}`,
    `  metrics    ${metrics}`,
    `  docs       ${DOCS}`,
    '',
  ].join('\n');
};
