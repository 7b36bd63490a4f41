import type { Query, Variable } from './dashboard.ts';

/** What a dashboard made for Redis and redis_exporter asks for. */
export interface ForeignDashboard {
  /** Its number at grafana.com. */
  readonly number: number;
  readonly variables: readonly Variable[];
  readonly queries: readonly Query[];
}

/** Title, query, legend; `{}` stands for the labels that the dashboard selects by. */
type Row = readonly [where: string, expr: string, legend?: string];

function queries(selector: string, rows: readonly Row[]): Query[] {
  return rows.map(([where, expr, legend = '']) => ({ where, expr: expr.replaceAll('{}', selector), legend }));
}

function variable(name: string, query: string): Variable {
  return { name, type: 'query', query, multi: true, includeAll: true };
}

const NAMESPACE = variable('namespace', 'label_values(redis_up, namespace)');

/** Redis Dashboard for Prometheus Redis Exporter 1.x. */
const BY_INSTANCE: ForeignDashboard = {
  number: 763,
  variables: [NAMESPACE, variable('instance', 'label_values(redis_up{namespace=~"$namespace"}, instance)')],
  queries: queries('{namespace=~"$namespace", instance=~"$instance"}', [
    ['uptime', 'max(max_over_time(redis_uptime_in_seconds{}[$__interval]))'],
    ['clients', 'sum(redis_connected_clients{})'],
    ['memory share', 'sum(100 * (redis_memory_used_bytes{} / redis_memory_max_bytes{}))'],
    ['commands', 'sum(rate(redis_commands_total{}[1m])) by (cmd)', '{{ cmd }}'],
    ['hits', 'irate(redis_keyspace_hits_total{}[5m])', '{{ instance }}'],
    ['misses', 'irate(redis_keyspace_misses_total{}[5m])', '{{ instance }}'],
    ['memory used', 'redis_memory_used_bytes{}', '{{ instance }}'],
    ['memory limit', 'redis_memory_max_bytes{}', '{{ instance }}'],
    ['network in', 'sum(rate(redis_net_input_bytes_total{}[5m]))'],
    ['network out', 'sum(rate(redis_net_output_bytes_total{}[5m]))'],
    ['keys', 'sum(redis_db_keys{}) by (db, instance)', '{{ db }}, {{ instance }}'],
    [
      'keys that stay',
      'sum(redis_db_keys{}) by (instance) - sum(redis_db_keys_expiring{}) by (instance)',
      '{{ instance }}',
    ],
    ['keys that expire', 'sum(redis_db_keys_expiring{}) by (instance)', '{{ instance }}'],
    ['expired', 'sum(rate(redis_expired_keys_total{}[5m])) by (instance)', '{{ instance }}'],
    ['evicted', 'sum(rate(redis_evicted_keys_total{}[5m])) by (instance)', '{{ instance }}'],
    ['connected', 'sum(redis_connected_clients{})'],
    ['blocked', 'sum(redis_blocked_clients{})'],
    [
      'mean time',
      'sum(irate(redis_commands_duration_seconds_total{}[1m])) by (cmd) / sum(irate(redis_commands_total{}[1m])) by (cmd)',
      '{{ cmd }}',
    ],
    ['time by command', 'sum(irate(redis_commands_duration_seconds_total{}[1m])) by (cmd) != 0', '{{ cmd }}'],
  ]),
};

/** The same for the Helm chart stable/redis-ha. */
const BY_POD: ForeignDashboard = {
  number: 11835,
  variables: [NAMESPACE, variable('pod_name', 'label_values(redis_up{namespace=~"$namespace"}, pod)')],
  queries: queries('{namespace=~"$namespace", pod=~"$pod_name"}', [
    ['uptime', 'max(max_over_time(redis_uptime_in_seconds{}[$__interval]))'],
    ['clients', 'redis_connected_clients{}'],
    ['memory share', '100 * (redis_memory_used_bytes{} / redis_memory_max_bytes{})'],
    ['commands', 'rate(redis_commands_processed_total{}[1m])'],
    ['hits', 'irate(redis_keyspace_hits_total{}[5m])'],
    ['misses', 'irate(redis_keyspace_misses_total{}[5m])'],
    ['memory used', 'redis_memory_used_bytes{}'],
    ['memory limit', 'redis_memory_max_bytes{}'],
    ['network in', 'rate(redis_net_input_bytes_total{}[5m])'],
    ['network out', 'rate(redis_net_output_bytes_total{}[5m])'],
    ['keys', 'sum(redis_db_keys{}) by (db)', '{{ db }}'],
    ['keys that stay', 'sum(redis_db_keys{}) - sum(redis_db_keys_expiring{})'],
    ['keys that expire', 'sum(redis_db_keys_expiring{})'],
    ['expired', 'sum(rate(redis_expired_keys_total{}[5m])) by (pod)', '{{ pod }}'],
    ['evicted', 'sum(rate(redis_evicted_keys_total{}[5m])) by (pod)', '{{ pod }}'],
    ['frequent commands', 'topk(5, irate(redis_commands_total{}[1m]))', '{{ cmd }}'],
    ['connected', 'sum(redis_connected_clients{}) by (pod)', '{{ pod }}'],
  ]),
};

/** The two that most people import. */
export const FOREIGN_DASHBOARDS: readonly ForeignDashboard[] = [BY_INSTANCE, BY_POD];
