import { VERSION } from '../config/version.ts';
import { type InstanceBooks, isUp, type PlaceBooks } from '../metrics/books.ts';
import { inSeconds } from '../metrics/microseconds.ts';
import type {
  ClientsStatus,
  MemoryStatus,
  Reason,
  ServerStatus,
  SlowCommandStatus,
  StatusDocument,
} from '../view/status-document.ts';
import { commandsOf } from './command-status.ts';
import { hitRatioOf } from './counters.ts';
import { connectedClients, evictsAtLimit, gaugeOf, sumOfGauge } from './gauges.ts';
import type { Incidents } from './incidents.ts';
import type { LastMinute } from './last-minute.ts';
import type { LastSecond } from './last-second.ts';
import { momentOf } from './moment.ts';
import type { MomentHistory } from './moment-history.ts';
import { processesOf } from './process-status.ts';
import { trafficOf } from './traffic-status.ts';
import { verdictOf } from './verdict.ts';

/** All that a status is made of. */
export interface StatusSources {
  readonly mode: ServerStatus['mode'];
  readonly books: InstanceBooks;
  readonly lastSecond: LastSecond;
  readonly lastMinute: LastMinute;
  readonly history: MomentHistory;
  readonly incidents: Incidents;
  /** Which processes do not serve. */
  readonly problems: readonly Reason[];
  /** Not all have served yet since it was started. */
  readonly isStarting: boolean;
}

/** The document of /status.json. @param since the history begins after it, Unix milliseconds. */
export const statusOf = (sources: StatusSources, since: number): StatusDocument => {
  const { books, lastSecond, lastMinute, history, incidents, problems, isStarting } = sources;
  const { now, keyspace } = books;
  const minute = lastMinute.of(keyspace.worker);
  return {
    now,
    verdict: verdictOf({
      books,
      lastMinute,
      problems,
      isStarting,
      failures: incidents.failures(now),
      silences: incidents.silences(now),
    }),
    server: serverOf(sources),
    clients: clientsOf(books),
    memory: memoryOf(keyspace),
    keys: {
      total: sumOfGauge(books, 'db_keys'),
      expiring: sumOfGauge(books, 'db_keys_expiring'),
      hitRatio: hitRatioOf(minute.counted),
    },
    traffic: trafficOf(books, history.newest ?? momentOf(books, lastSecond)),
    processes: processesOf(books, lastSecond, lastMinute),
    commands: commandsOf(minute, keyspace.totals),
    slowLog: slowLogOf(keyspace),
    events: incidents.events.newest,
    history: history.after(since),
  };
};

const serverOf = ({ mode, books }: StatusSources): ServerStatus => ({
  version: VERSION,
  nodeVersion: process.version,
  mode,
  startedAt: books.startedAt,
  workers: {
    expected: books.expectedWorkers,
    up: books.workers.filter((place) => place.inUse && isUp(place, books.now)).length,
  },
});

const clientsOf = (books: InstanceBooks): ClientsStatus => ({
  connected: connectedClients(books) ?? 0,
  blocked: gaugeOf(books.keyspace, 'blocked_clients') ?? 0,
  limit: gaugeOf(books.keyspace, 'max_clients'),
});

const memoryOf = (keyspace: PlaceBooks): MemoryStatus => ({
  used: gaugeOf(keyspace, 'memory_used_bytes') ?? 0,
  reserved: gaugeOf(keyspace, 'memory_reserved_bytes') ?? 0,
  limit: gaugeOf(keyspace, 'memory_limit_bytes'),
  evicts: evictsAtLimit(keyspace),
});

const slowLogOf = ({ live }: PlaceBooks): SlowCommandStatus[] => {
  const calls = live.at(-1)?.report.slowCalls ?? [];
  return calls.map(({ id, at, command, microseconds, argc }) => ({
    id,
    at,
    command,
    duration: inSeconds(microseconds),
    arguments: argc,
  }));
};
