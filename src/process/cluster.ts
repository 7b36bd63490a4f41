import type { ChildProcess } from 'node:child_process';
import cluster from 'node:cluster';

type Environment = Readonly<Record<string, string | undefined>>;

/** Forks a worker that shares our listening sockets. */
export const forkWorker = (script: string, slot: number, environment: Environment): ChildProcess => {
  cluster.setupPrimary({ exec: script, args: ['worker', '--slot', String(slot)] });
  return cluster.fork(environment).process;
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
