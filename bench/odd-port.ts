import { createServer } from 'node:net';
import { BenchError } from './bench-error.ts';

const LOWEST = 20_001;
const CHOICES = 5000;
const ATTEMPTS = 50;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });

/** An odd port below the ephemeral ones, on which nobody listens just now. @throws BenchError */
export async function freeOddPort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = LOWEST + 2 * Math.floor(Math.random() * CHOICES);
    if (await isFree(port)) return port;
  }
  throw new BenchError('no free port found');
}
