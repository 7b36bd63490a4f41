import { critical, warning } from '../status/reason.ts';
import type { Reason } from '../view/status-document.ts';
import type { Member } from './control-server.ts';

/**
 * Which members of the instance do not serve, and why. A keyspace that is gone is not among them, and while there is
 * none, workers are not blamed for it.
 */
export const unreadyMembers = (members: readonly Member[]): Reason[] => {
  const staying = members.filter(({ draining }) => !draining);
  const isWorker = ({ role }: Member) => role === 'worker';
  // Who ends has a successor, or was not needed; but somebody must accept connections.
  const ending =
    members.some(isWorker) && !staying.some(isWorker) ? [critical('every worker is ending')] : [];
  const keyspace = staying.findLast(({ role, ready }) => role === 'keyspace' && ready);
  // The pid tells a link to this keyspace from one to its predecessor, of whose end the worker may not have said yet.
  const isLinked = (worker: Member) => keyspace === undefined || worker.keyspace === keyspace.pid;
  const serving = staying.filter(
    (member) => member.ready && (member.role === 'keyspace' || isLinked(member)),
  );
  const isServed = ({ role, slot }: Member) =>
    serving.some((member) => member.role === role && member.slot === slot);
  // A worker may take its time where others serve.
  const levelOfWorkers = serving.some(isWorker) ? warning : critical;
  const missing = staying
    .filter((member) => !serving.includes(member))
    .flatMap((member) => {
      if (member.ready) return [levelOfWorkers(`worker ${member.slot} waits for the keyspace`)];
      if (isServed(member)) return [];
      return isWorker(member)
        ? [levelOfWorkers(`worker ${member.slot} is starting`)]
        : [critical('the keyspace is starting')];
    });
  return [...ending, ...missing];
};
