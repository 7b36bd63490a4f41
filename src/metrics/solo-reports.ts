import type { CommandTable } from '../commands/table.ts';
import type { Instance } from '../instance/instance.ts';
import type { TurnCounters } from './counters.ts';
import { keyspaceReport } from './keyspace-report.ts';
import type { ProcessProbe } from './process-probe.ts';
import type { ProcessFigures, ProcessReport } from './snapshot.ts';
import type { WorkerCounters } from './worker-counters.ts';
import { workerReport } from './worker-report.ts';

export interface SoloSources {
  readonly counters: WorkerCounters;
  /** Connections open now. */
  readonly connected: number;
  readonly instance: Instance;
  readonly table: CommandTable;
  readonly probe: ProcessProbe;
  readonly turns?: TurnCounters;
}

/**
 * The reports of a process that is worker and keyspace in one. What it measures of itself is in the worker's only, so
 * that sums over processes count it once.
 */
export const soloReports = (sources: SoloSources): ProcessReport[] => {
  const { counters, connected, instance, table, probe, turns } = sources;
  const worker = workerReport(counters, 0, connected, probe);
  const nothingMore: ProcessFigures = { ...worker, counters: {}, gauges: {}, histograms: {} };
  return [worker, keyspaceReport(instance, table, { figures: () => nothingMore }, turns)];
};
