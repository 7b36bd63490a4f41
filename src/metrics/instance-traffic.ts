import { REJECT_REASONS } from '../instance/session.ts';
import type { TrafficFigures } from '../instance/traffic.ts';
import type { Ledger } from './ledger.ts';

/** The traffic of all workers that there ever were, as the books have it: INFO shows what /metrics does. */
export const trafficIn = (ledger: Ledger): TrafficFigures => {
  const count = (family: string, label?: string) => ledger.counter('worker', family, label);
  const queryBufferLimitCloses = count('query_buffer_limit_closes_total');
  return {
    received: count('connections_received_total'),
    rejected: REJECT_REASONS.reduce((sum, reason) => sum + count('rejected_connections_total', reason), 0),
    bytesIn: count('net_input_bytes_total'),
    bytesOut: count('net_output_bytes_total'),
    reads: count('socket_reads_total'),
    writes: count('socket_writes_total'),
    queryBufferLimitCloses,
    outputLimitCloses: count('connections_closed_total', 'slow_client') - queryBufferLimitCloses,
    cpuUser: count('cpu_seconds_total', 'user'),
    cpuSystem: count('cpu_seconds_total', 'system'),
  };
};
