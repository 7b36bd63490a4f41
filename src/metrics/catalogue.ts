import { ERROR_CODES } from '../instance/error-counters.ts';
import { CLOSE_REASONS, REJECT_REASONS } from '../instance/session.ts';
import { LATENCY_BUCKETS, TURN_COMMANDS_BUCKETS } from './counters.ts';
import { LOOP_DELAY_BUCKETS } from './process-probe.ts';

/** What all names begin with, those of {@link Family.standard} excepted. */
export const PREFIX = 'corespond_';

/** The value of the label `worker` for the keyspace, which is no worker but a process like them. */
export const KEYSPACE = 'keyspace';

/** Why a process was replaced. */
export const RESTART_REASONS = ['crash', 'hang', 'reload'] as const;
export type RestartReason = (typeof RESTART_REASONS)[number];

/** Whose figures a family shows, and with that the labels that tell its series apart. */
export type Scope =
  /** The whole instance, known to the supervisor. */
  | 'supervisor'
  /** Every process, as the supervisor sees it: label `worker`. */
  | 'supervised'
  /** Every worker: label `worker`. */
  | 'worker'
  /** Every worker and the keyspace: label `worker`. */
  | 'process'
  /** The whole instance, known to the keyspace. */
  | 'keyspace'
  /** Every command that was called: label `cmd`. */
  | 'command';

/** A label, with its values where they are known beforehand: then every series is there from the start, at 0. */
export interface Label {
  readonly name: string;
  readonly values?: readonly string[];
}

/** One family of metrics: a row of the catalogue. */
export interface Family {
  /** Without the prefix; also its name in the reports of the processes. */
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly scope: Scope;
  readonly help: string;
  /** Labels beside that of the scope: one at most, except where the supervisor knows them all. */
  readonly labels: readonly Label[];
  /** Reported in microseconds, shown in seconds. */
  readonly time?: true;
  /** Upper bounds as shown. They never change: stored quantiles would be wrong. */
  readonly buckets?: readonly number[];
  /** How the gauges of two processes in one place are combined (during a reload); the sum if it is missing. */
  readonly combine?: 'max';
  /** A name that all programs share, without our prefix. */
  readonly standard?: true;
}

type More = Partial<Pick<Family, 'labels' | 'time' | 'combine' | 'standard'>>;

function counter(scope: Scope, name: string, help: string, more: More = {}): Family {
  return { name, type: 'counter', scope, help, labels: [], ...more };
}

function gauge(scope: Scope, name: string, help: string, more: More = {}): Family {
  return { name, type: 'gauge', scope, help, labels: [], ...more };
}

function histogram(
  scope: Scope,
  name: string,
  help: string,
  buckets: readonly number[],
  more: More = {},
): Family {
  return { name, type: 'histogram', scope, help, labels: [], buckets, ...more };
}

const instance: readonly Family[] = [
  gauge('supervisor', 'build_info', 'Always 1; the labels describe the running build.', {
    labels: [{ name: 'version' }, { name: 'node_version' }, { name: 'v8_version' }],
  }),
  gauge('supervisor', 'start_time_seconds', 'Unix time at which the supervisor started.'),
  gauge('supervisor', 'workers', 'Number of workers that should be up.'),
  gauge('keyspace', 'max_clients', 'Limit of simultaneous client connections, all workers together.'),
  gauge('keyspace', 'blocked_clients', 'Clients whose command waits for a key (BLPOP, XREAD BLOCK …).'),
  gauge('supervised', 'worker_up', '1 if the process reported within the last 3 seconds, else 0.'),
  gauge(
    'supervised',
    'worker_start_time_seconds',
    'Unix time at which the process now in this slot started.',
  ),
  gauge(
    'supervised',
    'worker_last_report_timestamp_seconds',
    'Unix time of the latest metrics report of the process.',
  ),
  counter('supervised', 'worker_restarts_total', 'Times the process in this slot was replaced, by reason.', {
    labels: [{ name: 'reason', values: RESTART_REASONS }],
  }),
];

const connections: readonly Family[] = [
  gauge('worker', 'connected_clients', 'Client connections open now.'),
  counter(
    'worker',
    'connections_received_total',
    'Client connections accepted, those that were refused left out.',
  ),
  counter(
    'worker',
    'connections_closed_total',
    'Client connections closed, by reason; slow_client did not read its replies.',
    { labels: [{ name: 'reason', values: CLOSE_REASONS }] },
  ),
  counter(
    'worker',
    'rejected_connections_total',
    'Connections refused before the first command, by reason.',
    { labels: [{ name: 'reason', values: REJECT_REASONS }] },
  ),
  counter(
    'worker',
    'protocol_errors_total',
    'Connections closed because what came was no request: HTTP, TLS, malformed.',
  ),
  counter('worker', 'net_input_bytes_total', 'Bytes received from clients.'),
  counter('worker', 'net_output_bytes_total', 'Bytes handed to client sockets.'),
  gauge(
    'worker',
    'client_output_buffer_bytes',
    'Reply bytes queued for clients that read slowly, all clients of the worker.',
  ),
  gauge(
    'worker',
    'client_output_buffer_max_bytes',
    'Largest reply queue of any one client of the worker; combine with max().',
    { combine: 'max' },
  ),
  counter('keyspace', 'auth_failures_total', 'Wrong passwords.'),
];

const commands: readonly Family[] = [
  counter('worker', 'worker_commands_total', 'Requests taken from clients, whatever becomes of them.'),
  counter(
    'worker',
    'worker_local_commands_total',
    'Requests that the worker answered by itself, without the keyspace.',
  ),
  counter(
    'command',
    'commands_total',
    'Commands by name and outcome; cmd is unknown for names that are not in the command table.',
    { labels: [{ name: 'outcome', values: ['ok', 'error', 'rejected'] }] },
  ),
  histogram(
    'command',
    'command_duration_seconds',
    'Time the keyspace spent on a command; fast commands that follow one another share one reading of the clock.',
    LATENCY_BUCKETS,
    { time: true },
  ),
  counter(
    'keyspace',
    'errors_total',
    'Error replies by their first word; words that are not listed count as other.',
    { labels: [{ name: 'err', values: [...ERROR_CODES, 'other'] }] },
  ),
  counter('keyspace', 'slow_commands_total', 'Commands slower than slowlog-log-slower-than.'),
];

const keyspace: readonly Family[] = [
  counter('keyspace', 'keyspace_hits_total', 'Key look-ups that found the key.'),
  counter('keyspace', 'keyspace_misses_total', 'Key look-ups that found nothing.'),
  gauge('keyspace', 'db_keys', 'Keys in the database.', { labels: [{ name: 'db' }] }),
  gauge('keyspace', 'db_keys_expiring', 'Keys with a time to live.', { labels: [{ name: 'db' }] }),
  counter('keyspace', 'expired_fields_total', 'Fields of hashes removed because their time to live ran out.'),
  counter('keyspace', 'expired_keys_total', 'Keys removed because their time to live ran out.'),
  counter('keyspace', 'evicted_keys_total', 'Keys removed to stay under the memory limit.'),
  gauge('keyspace', 'memory_used_bytes', 'Memory that the data takes; what the limit is held against.'),
  gauge('keyspace', 'memory_reserved_bytes', 'Memory taken from the system for data, free parts included.'),
  gauge(
    'keyspace',
    'memory_limit_bytes',
    'Memory that the data may take: maxmemory, or without it what the process can have.',
  ),
  gauge('keyspace', 'eviction_enabled', '1 if keys are evicted at maxmemory, 0 if writes are refused there.'),
  histogram(
    'keyspace',
    'keyspace_turn_commands',
    'Commands that the keyspace ran in one turn, from one read to the next.',
    TURN_COMMANDS_BUCKETS,
  ),
  histogram('keyspace', 'keyspace_turn_seconds', 'Duration of such a turn.', LATENCY_BUCKETS, { time: true }),
];

const runtime: readonly Family[] = [
  counter('process', 'cpu_seconds_total', 'Processor time of the process.', {
    labels: [{ name: 'mode', values: ['user', 'system'] }],
    time: true,
  }),
  counter('process', 'eventloop_seconds_total', 'Event loop time by state.', {
    labels: [{ name: 'state', values: ['active', 'idle'] }],
    time: true,
  }),
  histogram(
    'process',
    'eventloop_delay_seconds',
    'Lateness of a 100 ms timer: how long the event loop could not run.',
    LOOP_DELAY_BUCKETS,
    { time: true },
  ),
  gauge('process', 'heap_used_bytes', 'V8 heap in use.'),
  gauge('process', 'heap_limit_bytes', 'V8 heap limit; reaching it ends the process.'),
  gauge('process', 'memory_anon_bytes', 'Private resident memory (RssAnon); safe to sum over processes.'),
  counter('process', 'gc_pause_seconds_total', 'Time spent in garbage collection, by kind.', {
    labels: [{ name: 'kind', values: ['minor', 'major', 'incremental', 'weakcb'] }],
    time: true,
  }),
];

const supervisor: readonly Family[] = [
  counter('supervisor', 'process_cpu_seconds_total', 'Processor time of the supervisor in seconds.', {
    standard: true,
  }),
  gauge('supervisor', 'process_resident_memory_bytes', 'Resident memory of the supervisor in bytes.', {
    standard: true,
  }),
  gauge('supervisor', 'process_start_time_seconds', 'Unix time at which the supervisor started.', {
    standard: true,
  }),
];

/** All families in groups, in the order in which they are shown. */
export const GROUPS: ReadonlyArray<readonly [title: string, families: readonly Family[]]> = [
  ['Instance', instance],
  ['Connections', connections],
  ['Commands', commands],
  ['Keyspace', keyspace],
  ['Processes', runtime],
  ['Supervisor', supervisor],
];

/** Every family there is. */
export const CATALOGUE: readonly Family[] = GROUPS.flatMap(([, families]) => families);

/** The name of a family as Prometheus sees it. */
export function metricName({ name, standard }: Family): string {
  return standard ? name : PREFIX + name;
}

const SCOPE_LABEL: Readonly<Partial<Record<Scope, string>>> = {
  supervised: 'worker',
  worker: 'worker',
  process: 'worker',
  command: 'cmd',
};

/** The names of all labels of a family, that of its scope first. */
export function labelNames({ scope, labels }: Family): string[] {
  const own = labels.map(({ name }) => name);
  const first = SCOPE_LABEL[scope];
  return first === undefined ? own : [first, ...own];
}
