import { rmSync } from 'node:fs';
import { connect, createServer, type OnReadOpts, type Server, type Socket } from 'node:net';
import type { BindAddress } from '../net/bind-address.ts';
import { codeOf } from './start-error.ts';

/** Who may connect to a Unix socket of ours: its owner. */
const PRIVATE_UMASK = 0o077;

/** True if somebody listens on the Unix socket, even if he is too busy to answer. */
export const isListening = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error) => resolve(!['ECONNREFUSED', 'ENOENT', 'ENOTSOCK'].includes(codeOf(error))));
  });

/**
 * Listens on a Unix socket that only its owner may use. A file that a killed process has left there is removed.
 * @throws the system's error.
 */
export const listenUnix = async (path: string, onSocket: (socket: Socket) => void): Promise<Server> => {
  try {
    return await bindUnix(path, onSocket);
  } catch (error) {
    if (codeOf(error) !== 'EADDRINUSE' || (await isListening(path))) throw error;
    rmSync(path, { force: true });
    return bindUnix(path, onSocket);
  }
};

const bindUnix = (path: string, onSocket: (socket: Socket) => void): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer({ pauseOnConnect: true }, onSocket);
    server.once('error', reject);
    const before = process.umask(PRIVATE_UMASK);
    server.listen({ path, exclusive: true }, () => {
      server.off('error', reject);
      resolve(server);
    });
    process.umask(before);
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

/** Tries to connect until it works or `stopped` says so. @returns undefined if it was stopped. */
export const keepConnecting = async (
  path: string,
  stopped: () => boolean,
  onread?: OnReadOpts,
): Promise<Socket | undefined> => {
  for (let delay = 10; !stopped(); delay = Math.min(delay * 2, 200)) {
    try {
      const socket = await connectUnix(path, onread);
      if (!stopped()) return socket;
      socket.destroy();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
  return undefined;
};

/**
 * Tries whether a TCP address can be listened on.
 * @returns the port, which the system has chosen if 0 was asked for; it is free again.
 * @throws the system's error if it cannot.
 */
export const tryListen = ({ host, ipv6Only }: BindAddress, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host, port, ipv6Only, exclusive: true }, () => {
      const address = server.address();
      const bound = address !== null && typeof address === 'object' ? address.port : port;
      server.close(() => resolve(bound));
    });
  });
