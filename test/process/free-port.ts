import net from 'node:net';

/** A server that does nothing but hold a port. */
export function holdPort(port = 0): Promise<{ readonly port: number; release(): Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = net.createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : 0;
      const release = () => new Promise<void>((done) => server.close(() => done()));
      resolve({ port: bound, release });
    });
  });
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const { port, release } = await holdPort();
  await release();
  return port;
}
