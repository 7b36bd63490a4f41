import { createServer } from '../../src/index.ts';
import { type Scope, ServerProcess, unsupported } from '../process/server-process.ts';

/** A server that clients are tried against. */
export interface Target {
  readonly port: number;
  /** Kills whoever serves the connections; others come in their place. */
  killWorkers(): void;
}

/** What clients are tried against. */
export const TARGETS: ReadonlyArray<{
  readonly title: string;
  readonly skip: string | false;
  /** Connections are served by processes that can die alone. */
  readonly hasWorkers: boolean;
  start(scope: Scope): Promise<Target>;
}> = [
  {
    title: 'createServer()',
    skip: false,
    hasWorkers: false,
    async start(scope) {
      const server = await createServer({ port: 0 });
      scope.after(() => server.close());
      return { port: server.port, killWorkers: () => {} };
    },
  },
  {
    title: 'two workers and their keyspace',
    skip: unsupported,
    hasWorkers: true,
    async start(scope) {
      const server = await ServerProcess.start(scope, { settings: { workers: 2 } });
      const killWorkers = () => {
        for (const { pid, role } of server.members) if (role === 'worker') process.kill(pid, 'SIGKILL');
      };
      return { port: server.port, killWorkers };
    },
  },
];
