import type { ProcessProbe } from './process-probe.ts';
import { type InterimReport, type ProcessReport, processReport } from './snapshot.ts';
import type { WorkerCounters } from './worker-counters.ts';

/**
 * What a worker tells of its connections and requests.
 * @param connected connections open now.
 */
export const workerFigures = (counters: WorkerCounters, connected: number): InterimReport => ({
  counters: {
    connections_received_total: counters.connectionsAccepted,
    connections_closed_total: { ...counters.closedBy },
    rejected_connections_total: { ...counters.rejectedBy },
    protocol_errors_total: counters.closedBy.protocol_error,
    net_input_bytes_total: counters.bytesIn,
    net_output_bytes_total: counters.bytesOut,
    worker_commands_total: counters.commands,
    worker_local_commands_total: counters.localCommands,
    socket_reads_total: counters.reads,
    socket_writes_total: counters.writes,
    query_buffer_limit_closes_total: counters.queryBufferLimitCloses,
  },
  gauges: {
    connected_clients: connected,
    client_output_buffer_bytes: counters.outputBufferBytes,
    client_output_buffer_max_bytes: counters.outputBufferMax,
  },
});

/**
 * What a worker tells the supervisor. Commands are in the keyspace's report, those that workers answer included.
 * @param connected connections open now.
 */
export const workerReport = (
  counters: WorkerCounters,
  slot: number,
  connected: number,
  probe: ProcessProbe,
): ProcessReport =>
  processReport({ role: 'worker', slot }, probe.figures(), workerFigures(counters, connected));
