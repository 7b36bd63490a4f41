import type { ChildProcess } from 'node:child_process';

/** A connection that the owner of the listening socket has accepted and gives to a worker; not public API of Node. */
interface Handle {
  close(): void;
}

/** What node:cluster says to a worker with a connection, and what the worker answers. */
interface Note {
  readonly act?: unknown;
  readonly seq?: unknown;
  readonly ack?: unknown;
}

const isNote = (message: unknown): message is Note => typeof message === 'object' && message !== null;
const isHandle = (value: unknown): value is Handle =>
  typeof value === 'object' && value !== null && 'close' in value && typeof value.close === 'function';

/**
 * Closes the connections that were on their way to a worker when it died. Node keeps such a connection open for ever
 * with nobody to serve it, and its client waits; closed, the client tries again.
 */
export const closeWhatIsLost = (worker: ChildProcess): void => {
  // Not where the system had no resources to start the process.
  if (worker.send === undefined) return;
  const underway = new Map<unknown, Handle>();
  const send = worker.send.bind(worker);
  const note = (...args: Parameters<typeof send>): boolean => {
    const [message, handle] = args;
    if (isNote(message) && message.act === 'newconn' && isHandle(handle)) underway.set(message.seq, handle);
    return send(...args);
  };
  Object.assign(worker, { send: note });
  worker.on('internalMessage', (message: unknown) => {
    if (isNote(message) && message.ack !== undefined) underway.delete(message.ack);
  });
  worker.once('exit', () => {
    for (const handle of underway.values()) handle.close();
    underway.clear();
  });
};
