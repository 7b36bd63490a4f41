import type { ProcessProbe } from './process-probe.ts';
import { type ProcessReport, processReport } from './snapshot.ts';
import type { WorkerCounters } from './worker-counters.ts';

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
  processReport({ role: 'worker', slot }, probe.figures(), {
    counters: {
      connections_received_total: counters.connectionsAccepted,
      connections_closed_total: { ...counters.closedBy },
      rejected_connections_total: { ...counters.rejectedBy },
      protocol_errors_total: counters.closedBy.protocol_error,
      net_input_bytes_total: counters.bytesIn,
      net_output_bytes_total: counters.bytesOut,
      worker_commands_total: counters.commands,
      worker_local_commands_total: counters.localCommands,
    },
    gauges: {
      connected_clients: connected,
      client_output_buffer_bytes: counters.outputBufferBytes,
      client_output_buffer_max_bytes: counters.outputBufferMax,
    },
  });
