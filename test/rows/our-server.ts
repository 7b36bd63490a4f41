import { existsSync } from 'node:fs';

/** What the tests use of the library's server. */
export interface OurServer {
  readonly port: number;
  close(): Promise<void>;
}

interface Library {
  createServer(options: Readonly<Record<string, unknown>>): Promise<OurServer>;
}

const ENTRY = new URL('../../src/index.ts', import.meta.url);

/** Why our server cannot be started, or undefined. */
export function ourServerMissing(): string | undefined {
  return existsSync(ENTRY) ? undefined : 'src/index.ts is not there yet';
}

/** Starts our server in this process, on a port of the system's choice, with DEBUG allowed. */
export async function startOurServer(): Promise<OurServer> {
  const library: Library = await import(ENTRY.href);
  return library.createServer({ port: 0, enableDebugCommand: 'yes' });
}
