import { VERSION } from '../config/version.ts';
import { type InstanceBooks, isUp } from '../metrics/books.ts';
import { inSeconds } from '../metrics/microseconds.ts';
import type { Reason, ServerStatus, StatusDocument } from '../view/status-document.ts';
import { commandsOf } from './command-status.ts';
import { hitRatioOf } from './counters.ts';
import { connectedClients, evictsAtLimit, gaugeOf, sumOfGauge } from './gauges.ts';
import type { Incidents } from './incidents.ts';
import type { LastMinute } from './last-minute.ts';
import type { LastSecond } from './last-second.ts';
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
  const processes = processesOf(books, lastSecond, lastMinute);
  return {
    now,
    verdict: verdictOf({ books, lastMinute, problems, isStarting, failures: incidents.failures(now) }),
    server: serverOf(sources),
    clients: {
      connected: connectedClients(books) ?? 0,
      blocked: gaugeOf(keyspace, 'blocked_clients') ?? 0,
      limit: gaugeOf(keyspace, 'max_clients'),
    },
    memory: {
      used: gaugeOf(keyspace, 'memory_used_bytes') ?? 0,
      reserved: gaugeOf(keyspace, 'memory_reserved_bytes') ?? 0,
      limit: gaugeOf(keyspace, 'memory_limit_bytes'),
      evicts: evictsAtLimit(keyspace),
    },
    keys: {
      total: sumOfGauge(books, 'db_keys'),
      expiring: sumOfGauge(books, 'db_keys_expiring'),
      hitRatio: hitRatioOf(minute.counted),
    },
    traffic: trafficOf(books, lastSecond),
    processes,
    commands: commandsOf(minute, keyspace.totals),
    slowLog: (keyspace.live.at(-1)?.report.slowCalls ?? []).map(
      ({ id, at, command, microseconds, argc }) => ({
        id,
        at,
        command,
        duration: inSeconds(microseconds),
        arguments: argc,
      }),
    ),
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
