import type { ChildProcess } from 'node:child_process';
import cluster from 'node:cluster';
import { closeWhatIsLost } from './handoff.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** How long the owner of the listening sockets may take to let us go, in milliseconds. */
const RELEASE_TIMEOUT = 1000;

/** Forks a worker that shares our listening sockets. */
export const forkWorker = (script: string, slot: number, environment: Environment): ChildProcess => {
  cluster.setupPrimary({ exec: script, args: ['worker', '--slot', String(slot)] });
  const worker = cluster.fork(environment);
  // It repeats what its process says, and the process is who is listened to.
  worker.on('error', () => {});
  closeWhatIsLost(worker.process);
  return worker.process;
};

/** True in a process that was forked to share somebody's listening sockets. */
export const isClusterWorker = (): boolean => cluster.isWorker;

/**
 * Calls `listener` when the process that owns the listening sockets is gone. Node would exit at once;
 * this way there is time to send what is owed.
 */
export const onPrimaryLost = (listener: () => void): void => {
  const { worker } = cluster;
  worker?.on('disconnect', () => {
    worker.exitedAfterDisconnect = true;
    listener();
  });
};

/**
 * Parts from the process that owns the listening sockets, when this one listens no more. A connection that was on its
 * way to us is given to another worker by then, where a mere exit would lose it.
 */
export const leaveCluster = (): Promise<void> =>
  new Promise((resolve) => {
    const { worker } = cluster;
    if (worker === undefined || !worker.isConnected()) return resolve();
    const timer = setTimeout(resolve, RELEASE_TIMEOUT);
    worker.once('disconnect', () => {
      clearTimeout(timer);
      resolve();
    });
    worker.disconnect();
  });
