import { SETTINGS } from '../link/frame.ts';
import { FrameReader } from '../link/frame-reader.ts';
import { connectUnix } from './sockets.ts';

/** A keyspace that runs a long command says nothing for a while, in milliseconds. */
const PATIENCE = 1000;

/**
 * Asks the keyspace that runs for the version of the link that it speaks, as a worker that connects is told it.
 * @param path its socket.
 * @returns undefined if nobody answers in time.
 */
export const runningLinkVersion = async (path: string): Promise<number | undefined> => {
  const socket = await connectUnix(path).catch(() => undefined);
  if (socket === undefined) return undefined;
  try {
    return await new Promise((resolve) => {
      const reader = new FrameReader(() => {
        if (reader.type === SETTINGS) resolve(versionIn(reader.json()));
      });
      socket.on('data', (bytes: Buffer) => {
        try {
          reader.read(bytes, bytes.length);
        } catch {
          // What cannot even be read is no version of ours.
          resolve(0);
        }
      });
      socket.once('error', () => resolve(undefined));
      socket.once('close', () => resolve(undefined));
      socket.setTimeout(PATIENCE, () => resolve(undefined));
    });
  } finally {
    socket.destroy();
  }
};

const versionIn = (settings: unknown): number =>
  typeof settings === 'object' && settings !== null && 'version' in settings ? Number(settings.version) : 0;
