import { connect, createServer, type OnReadOpts, type Server, type Socket } from 'node:net';

/** True if somebody listens on the Unix socket. */
export const canConnect = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/** Listens on a Unix socket. @throws the system's error. */
export const listenUnix = (path: string, onSocket: (socket: Socket) => void): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer({ pauseOnConnect: true }, onSocket);
    server.once('error', reject);
    server.listen({ path, exclusive: true }, () => {
      server.off('error', reject);
      resolve(server);
    });
  });

/** Connects to a Unix socket; reads go to `onread`'s buffer where it is given. @throws the system's error. */
export const connectUnix = (path: string, onread?: OnReadOpts): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ path, ...(onread && { onread }) });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });

/** Tries to connect until it works or `until` says stop. @returns undefined if it was stopped. */
export const keepConnecting = async (
  path: string,
  stopped: () => boolean,
  onread?: OnReadOpts,
): Promise<Socket | undefined> => {
  for (let delay = 10; !stopped(); delay = Math.min(delay * 2, 200)) {
    try {
      return await connectUnix(path, onread);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
  return undefined;
};

/** Tries whether a TCP address can be listened on. @throws the system's error if it cannot. */
export const tryListen = (host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve()));
  });
