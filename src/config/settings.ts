import {
  address,
  addressList,
  clampedInteger,
  directory,
  INT_MAX,
  integer,
  type Kind,
  LONG_MAX,
  memory,
  oneOf,
  portOrOff,
  text,
  workerCount,
  yesNo,
} from './kind.ts';
import { outputLimits } from './output-limits.ts';

/** One row of the table of settings. Its key is the flag (`--key`) and, as CORESPOND_KEY, the variable. */
export interface Setting<T = unknown> {
  readonly kind: Kind<T>;
  /** The default, as text that `kind` reads. */
  readonly default: string;
  /** One line that says what it does. */
  readonly help: string;
  /** Settable by .env, environment and flags. */
  readonly startup: boolean;
  /** Settable by CONFIG SET. */
  readonly mutable: boolean;
  /** Its name in CONFIG where that is not the key; null hides it from CONFIG. */
  readonly config?: string | null;
  /** A second name in CONFIG. */
  readonly alias?: string;
  /** Its value must not be printed. */
  readonly secret?: true;
  /** Why CONFIG SET refuses it, where that is not Redis's "can't set immutable config". */
  readonly refusal?: string;
}

type More = Pick<Setting, 'config' | 'alias' | 'secret' | 'refusal'>;

function atStart<T>(kind: Kind<T>, value: string, help: string, more: More = {}): Setting<T> {
  return { kind, default: value, help, startup: true, mutable: false, ...more };
}

function tunable<T>(kind: Kind<T>, value: string, help: string, more: More = {}): Setting<T> {
  return { kind, default: value, help, startup: true, mutable: true, ...more };
}

function runtime<T>(kind: Kind<T>, value: string, help: string, more: More = {}): Setting<T> {
  return { kind, default: value, help, startup: false, mutable: true, ...more };
}

const hidden = { config: null } as const;
const count = integer(0, LONG_MAX);
const int = integer(0, INT_MAX);
const port = integer(0, 65535);

const network = {
  host: atStart(addressList(), '127.0.0.1', 'addresses to listen on', {
    config: 'bind',
  }),
  port: atStart(port, '6379', 'TCP port to listen on; 0 lets the system choose one'),
  backlog: atStart(integer(1, INT_MAX), '511', 'length of the queue of connections not yet accepted', {
    config: 'tcp-backlog',
  }),
  'protected-mode': tunable(yesNo(), 'yes', 'while there is no password, refuse clients from other machines'),
  requirepass: tunable(text(), '', 'password that clients must give with AUTH; empty for none', {
    secret: true,
  }),
  maxclients: tunable(integer(1, 4294967295), '10000', 'clients served at once, by all workers together'),
  timeout: tunable(int, '0', 'seconds after which an idle client is closed; 0 for never'),
  'tcp-keepalive': tunable(int, '300', 'seconds between TCP keep-alive probes; 0 for none'),
};

const processes = {
  workers: atStart(
    workerCount(),
    'auto',
    'worker processes; auto is one per CPU, 0 serves all in one process',
    hidden,
  ),
  dir: atStart(directory(), '.', 'folder for data files', { refusal: "can't set protected config" }),
  'run-dir': atStart(
    directory(),
    'auto',
    'folder for sockets between the processes; auto is one in the system folder for temporary files',
    hidden,
  ),
  scheduling: atStart(
    oneOf('batch', 'normal'),
    'batch',
    'batch: workers and keyspace interrupt nobody, which takes less CPU; normal: as all programs',
    hidden,
  ),
  'worker-hang-timeout': atStart(
    integer(0, 3600),
    '5',
    'seconds without a sign of life after which a worker is replaced; 0 for never',
    hidden,
  ),
  'shutdown-timeout': tunable(int, '10', 'seconds that replies in flight may take at shutdown'),
};

const metrics = {
  'metrics-host': atStart(
    address(),
    '127.0.0.1',
    'address of the HTTP server for /metrics and /healthz',
    hidden,
  ),
  'metrics-port': atStart(
    portOrOff(),
    '9121',
    'port of that HTTP server; 0 lets the system choose one, off for none',
    hidden,
  ),
};

const dataset = {
  databases: { ...atStart(integer(16, 16), '16', 'number of databases'), startup: false },
  maxmemory: tunable(
    memory(0, 2n ** 64n - 1n),
    '0',
    'memory for data, at which keys are evicted; 0 for no limit',
  ),
  'maxmemory-policy': tunable(
    oneOf(
      'volatile-lru',
      'volatile-lfu',
      'volatile-random',
      'volatile-ttl',
      'allkeys-lru',
      'allkeys-lfu',
      'allkeys-random',
      'noeviction',
    ),
    'noeviction',
    'which keys are evicted at maxmemory',
  ),
  'maxmemory-samples': tunable(integer(1, INT_MAX), '5', 'keys looked at to find one to evict'),
  'lfu-log-factor': tunable(int, '10', 'how slowly the access counter of a key grows'),
  'lfu-decay-time': tunable(int, '1', 'minutes after which that counter falls by one; 0 for at each look'),
  hz: tunable(clampedInteger(1, 500), '10', 'rounds of background work, such as expiry, per second'),
};

const limits = {
  'client-query-buffer-limit': tunable(
    memory(1048576),
    '1gb',
    'bytes of one unfinished command before its client is closed',
  ),
  'client-output-buffer-limit': tunable(
    outputLimits(),
    'normal 1gb 256mb 60 slave 256mb 64mb 60 pubsub 32mb 8mb 60',
    'unread replies at which a client is closed',
  ),
  'proto-max-bulk-len': tunable(memory(1048576), '512mb', 'longest value that a client may send'),
};

const observation = {
  'log-level': tunable(
    oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent', 'warning', 'notice', 'verbose'),
    'info',
    'least severity that is logged',
    { config: 'loglevel' },
  ),
  'slowlog-log-slower-than': tunable(
    integer(-1, LONG_MAX),
    '10000',
    'microseconds above which SLOWLOG keeps a command; -1 for never',
  ),
  'slowlog-max-len': tunable(count, '128', 'commands that SLOWLOG keeps'),
  'latency-monitor-threshold': tunable(
    count,
    '0',
    'milliseconds above which LATENCY keeps an event; 0 for never',
  ),
  'enable-debug-command': atStart(
    oneOf('no', 'yes', 'local'),
    'no',
    'allow DEBUG: no, yes or local connections only',
  ),
};

/** Tuning that has Redis's names and is reached by CONFIG only. */
const tuning = {
  'lazyfree-lazy-eviction': runtime(yesNo(), 'yes', 'free evicted values in the background'),
  'lazyfree-lazy-expire': runtime(yesNo(), 'yes', 'free expired values in the background'),
  'lazyfree-lazy-server-del': runtime(yesNo(), 'yes', 'free overwritten values in the background'),
  'lazyfree-lazy-user-del': runtime(yesNo(), 'yes', 'DEL frees in the background as UNLINK does'),
  'lazyfree-lazy-user-flush': runtime(yesNo(), 'yes', 'FLUSHALL frees in the background by default'),
  'hash-max-listpack-entries': runtime(count, '512', 'fields of a hash kept as one block', {
    alias: 'hash-max-ziplist-entries',
  }),
  'hash-max-listpack-value': runtime(memory(), '64', 'longest value of a hash kept as one block', {
    alias: 'hash-max-ziplist-value',
  }),
  'list-max-listpack-size': runtime(integer(-INT_MAX - 1, INT_MAX), '-2', 'size of one block of a list', {
    alias: 'list-max-ziplist-size',
  }),
  'list-compress-depth': runtime(int, '0', 'blocks at the ends of a list that are not compressed'),
  'set-max-intset-entries': runtime(count, '512', 'members of a set of integers kept as one block'),
  'set-max-listpack-entries': runtime(count, '128', 'members of a set kept as one block'),
  'set-max-listpack-value': runtime(memory(), '64', 'longest member of a set kept as one block'),
  'zset-max-listpack-entries': runtime(count, '128', 'members of a sorted set kept as one block', {
    alias: 'zset-max-ziplist-entries',
  }),
  'zset-max-listpack-value': runtime(memory(), '64', 'longest member of a sorted set kept as one block', {
    alias: 'zset-max-ziplist-value',
  }),
  'hll-sparse-max-bytes': runtime(memory(), '3000', 'size of a HyperLogLog kept sparse'),
  'stream-node-max-bytes': runtime(memory(), '4096', 'size of one block of a stream'),
  'stream-node-max-entries': runtime(count, '100', 'entries of one block of a stream'),
};

/** Every setting there is, by name. */
export const SETTINGS = {
  ...network,
  ...processes,
  ...metrics,
  ...dataset,
  ...limits,
  ...observation,
  ...tuning,
} satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;

/** The settings in the groups and the order in which they are shown to the user. */
export const GROUPS: ReadonlyArray<readonly [title: string, names: readonly SettingName[]]> = [
  ['Network', Object.keys(network) as Array<keyof typeof network>],
  ['Processes', Object.keys(processes) as Array<keyof typeof processes>],
  ['Metrics', Object.keys(metrics) as Array<keyof typeof metrics>],
  ['Data', Object.keys(dataset) as Array<keyof typeof dataset>],
  ['Limits', Object.keys(limits) as Array<keyof typeof limits>],
  ['Observation', Object.keys(observation) as Array<keyof typeof observation>],
];

/** Names of all settings, in the order of the table. */
export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** Names of the settings that .env, environment and flags may set. */
export const STARTUP_NAMES = SETTING_NAMES.filter((name) => SETTINGS[name].startup);

/** The row of a setting. */
export function settingOf(name: SettingName): Setting {
  return SETTINGS[name];
}

/** The name of a setting in CONFIG, or null when CONFIG does not show it. */
export function configNameOf(name: SettingName): string | null {
  const { config } = settingOf(name);
  return config === undefined ? name : config;
}

/** The environment variable of a setting. */
export function variableOf(name: SettingName): string {
  return `CORESPOND_${name.toUpperCase().replaceAll('-', '_')}`;
}
