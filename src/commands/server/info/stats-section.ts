import { ranOf } from '../../../metrics/counters.ts';
import { type Field, type InfoSource, type Section, sum } from './section.ts';

/** INFO stats. */
export const statsSection: Section = (source) => [
  ...traffic(source),
  ['rejected_connections', source.figures.traffic.rejected],
  ['sync_full', 0],
  ['sync_partial_ok', 0],
  ['sync_partial_err', 0],
  ...keyspace(source),
  ['pubsub_channels', 0],
  ['pubsub_patterns', 0],
  ['pubsubshard_channels', 0],
  ...never,
  ['unexpected_error_replies', 0],
  ['total_error_replies', sum(source.figures.errors.values())],
  ['dump_payload_sanitizations', 0],
  ['total_reads_processed', source.figures.traffic.reads],
  ['total_writes_processed', source.figures.traffic.writes],
  ['io_threaded_reads_processed', 0],
  ['io_threaded_writes_processed', 0],
  ['reply_buffer_shrinks', 0],
  ['reply_buffer_expands', 0],
];

const kilobytes = (bytes: number): string => (bytes / 1024).toFixed(2);

const traffic = ({ instance, figures }: InfoSource): Field[] => {
  const { received, bytesIn, bytesOut } = figures.traffic;
  const rates = instance.rates.perSecond;
  return [
    ['total_connections_received', received],
    ['total_commands_processed', sum(figures.commands.map(ranOf))],
    ['instantaneous_ops_per_sec', Math.round(rates.commands)],
    ['total_net_input_bytes', bytesIn],
    ['total_net_output_bytes', bytesOut],
    ['total_net_repl_input_bytes', 0],
    ['total_net_repl_output_bytes', 0],
    ['instantaneous_input_kbps', kilobytes(rates.bytesIn)],
    ['instantaneous_output_kbps', kilobytes(rates.bytesOut)],
    ['instantaneous_input_repl_kbps', '0.00'],
    ['instantaneous_output_repl_kbps', '0.00'],
  ];
};

const keyspace = ({ instance, figures }: InfoSource): Field[] => {
  const { hits, misses, expired, expiredFields, evicted, expiryTimeCapReached, expiryMilliseconds } =
    figures.keyspace;
  return [
    ['expired_subkeys', expiredFields],
    ['expired_keys', expired],
    ['expired_stale_perc', instance.keyspace.stalePercent.toFixed(2)],
    ['expired_time_cap_reached_count', expiryTimeCapReached],
    ['expire_cycle_cpu_milliseconds', Math.round(expiryMilliseconds)],
    ['evicted_keys', evicted],
    ['evicted_clients', 0],
    ['total_eviction_exceeded_time', 0],
    ['current_eviction_exceeded_time', 0],
    ['keyspace_hits', hits],
    ['keyspace_misses', misses],
  ];
};

/** What never happens here: there are no forks, no replicas, no defragmentation, no tracking. */
const never: readonly Field[] = [
  'latest_fork_usec',
  'total_forks',
  'migrate_cached_sockets',
  'slave_expires_tracked_keys',
  'active_defrag_hits',
  'active_defrag_misses',
  'active_defrag_key_hits',
  'active_defrag_key_misses',
  'total_active_defrag_time',
  'current_active_defrag_time',
  'tracking_total_keys',
  'tracking_total_items',
  'tracking_total_prefixes',
].map((name) => [name, 0] as const);
