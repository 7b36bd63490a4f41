import { formatBytes, formatCount, formatShare } from './format.ts';
import { levelOfShare } from './levels.ts';
import type { Level, ProcessStatus, StatusDocument } from './status-document.ts';
import { unbroken } from './unbroken.ts';

/** How much of something limited is used. */
export interface Meter {
  readonly id: string;
  readonly label: string;
  /** From 0 to 1, also where more than the limit is used; null while nobody knows. */
  readonly share: number | null;
  /** `12 of 10,000, <1 %`; of twice the limit, `200 %`. */
  readonly text: string;
  readonly level: Level;
}

/** What is limited: clients, memory for data, and the V8 heap of the process that has least of it left. */
export const metersOf = ({ clients, memory, processes }: StatusDocument): Meter[] => {
  const connected = processes.some((process) => process.clients !== null) ? clients.connected : null;
  const used = memory.limit === null ? null : memory.used;
  const ofMemory = meter('memory', 'memory for data', used, memory.limit, formatBytes);
  return [
    meter('clients', 'clients', connected, clients.limit, formatCount),
    // Where keys are evicted it may be full.
    memory.evicts === true ? { ...ofMemory, level: 'ok' } : ofMemory,
    fullestHeap(processes),
  ];
};

const fullestHeap = (processes: readonly ProcessStatus[]): Meter =>
  processes
    .map(({ heapUsed, heapLimit }) => heapMeter(heapUsed, heapLimit))
    .reduce(
      (fullest, heap) => ((heap.share ?? -1) > (fullest.share ?? -1) ? heap : fullest),
      heapMeter(null, null),
    );

const heapMeter = (used: number | null, limit: number | null): Meter =>
  meter('heap', 'fullest V8 heap', used, limit, formatBytes);

const meter = (
  id: string,
  label: string,
  used: number | null,
  limit: number | null,
  format: (value: number | null) => string,
): Meter => {
  const share = used === null || limit === null || limit === 0 ? null : used / limit;
  const text = `${format(used)} of ${format(limit)}`;
  return {
    id,
    label,
    share: share === null ? null : Math.min(1, share),
    text: unbroken(share === null ? text : `${text}, ${formatShare(share)}`),
    level: levelOfShare(share),
  };
};
