import { createServer, type Server } from '../../src/index.ts';

/** Starts our server in this process, on a port of the system's choice, with DEBUG allowed. */
export function startOurServer(): Promise<Server> {
  return createServer({ port: 0, enableDebugCommand: 'yes' });
}
