import { freePort } from '../process/free-port.ts';
import type { Scope } from '../process/server-process.ts';
import { BackgroundProgram } from './background-program.ts';

export const REDIS_EXPORTER = 'prometheus-redis-exporter';

/** Starts the exporter that reads INFO of a server. @returns the port of its metrics. */
export async function startRedisExporter(scope: Scope, serverPort: number): Promise<number> {
  const port = await freePort();
  const program = new BackgroundProgram(scope, REDIS_EXPORTER, [
    `-redis.addr=redis://127.0.0.1:${serverPort}`,
    `-web.listen-address=127.0.0.1:${port}`,
  ]);
  await program.answering(`http://127.0.0.1:${port}/metrics`);
  return port;
}
