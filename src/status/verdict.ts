import { type InstanceBooks, nameOf, type PlaceBooks } from '../metrics/books.ts';
import { KEYSPACE } from '../metrics/catalogue.ts';
import { ranOf } from '../metrics/counters.ts';
import { formatAge, formatRate, formatShare, formatTime } from '../view/format.ts';
import { levelOfDelay, levelOfShare, levelOfUtilisation } from '../view/levels.ts';
import type { Reason, Verdict } from '../view/status-document.ts';
import { callsOf, errorsOf, latencyOf } from './calls.ts';
import { slowClientsOf, sumOfCounter } from './counters.ts';
import { delayOf, utilisationOf, watchedFor } from './event-loop.ts';
import { connectedClients, evictsAtLimit, gaugeOf } from './gauges.ts';
import { FAILURES, type Failure, lossOf, RESTART_MEMORY } from './incidents.ts';
import type { LastMinute } from './last-minute.ts';
import { critical, warning } from './reason.ts';
import type { Span } from './span.ts';

/*
 * The bounds here and in view/levels.ts are those of the alert rules in grafana/prometheus/rules; what these ask for over
 * minutes is asked here of the last one, so that who looks sees it at once.
 */

/** More restarts than this in 15 minutes are a loop. */
const RESTART_LOOP = 2;
/** A single restart is worth a word for so many milliseconds. */
const RESTART_NEWS = 60_000;
/** Beyond this p99, in seconds, commands are slow. */
const SLOW_P99 = 0.05;
/** Of no more commands a second than these, a p99 says nothing. */
const FEW_COMMANDS = 10;
/** Beyond this share, too many commands fail. */
const MANY_ERRORS = 0.05;
/** No more errors a second than these are somebody's typing. */
const FEW_ERRORS = 1;
/** A process that starts is busy: only what was watched for so many seconds is judged. */
const SETTLING_TIME = 10;

/** What the verdict is founded on. */
export interface VerdictSources {
  readonly books: InstanceBooks;
  readonly lastMinute: LastMinute;
  /** Which processes do not serve. */
  readonly problems: readonly Reason[];
  /** Not all have served yet since the instance was started. */
  readonly isStarting: boolean;
  /** Processes that failed in the last 15 minutes. */
  readonly failures: readonly Failure[];
}

/** Whether the instance is well, and why not. */
export const verdictOf = (sources: VerdictSources): Verdict => {
  const { books, lastMinute, problems, isStarting } = sources;
  const reasons = [
    ...(isStarting && problems.length > 0 ? [STARTING] : problems),
    ...restartReasons(sources),
    ...limitReasons(books),
    ...connectionReasons(books, lastMinute),
    ...commandReasons(lastMinute.of(books.keyspace.worker)),
    ...[...books.workers, books.keyspace].flatMap((place) => processReasons(place, lastMinute)),
  ];
  const ranked = [...reasons.filter(isCritical), ...reasons.filter((reason) => !isCritical(reason))];
  return { level: ranked[0]?.level ?? 'ok', reasons: ranked };
};

const STARTING = warning('was just started, and not every process serves yet');
const isCritical = ({ level }: Reason): boolean => level === 'critical';

const restartReasons = ({ books: { now }, failures }: VerdictSources): Reason[] =>
  [...new Set(failures.map(({ worker }) => worker))].flatMap((worker) => {
    const own = failures.filter((failure) => failure.worker === worker);
    const latest = own.at(-1);
    if (own.length > RESTART_LOOP) {
      const span = formatAge(RESTART_MEMORY / 1000);
      return [critical(`${nameOf(worker)} keeps restarting: ${own.length} times in ${span}`)];
    }
    // With the keyspace the data is gone, and that is so for longer than a minute.
    const isLoss = worker === KEYSPACE;
    if (latest === undefined || (!isLoss && now - latest.at > RESTART_NEWS)) return [];
    const ago = formatAge((now - latest.at) / 1000);
    const text = `${nameOf(worker)} ${FAILURES[latest.reason]} ${ago} ago${lossOf(worker)}`;
    return [isLoss ? critical(text) : warning(text)];
  });

const limitReasons = (books: InstanceBooks): Reason[] => {
  const { keyspace } = books;
  return [
    ...limitReason('clients are at', connectedClients(books), gaugeOf(keyspace, 'max_clients')),
    ...memoryReason(keyspace),
  ];
};

/** A cache that evicts is at its limit for good. */
const memoryReason = (keyspace: PlaceBooks): Reason[] =>
  evictsAtLimit(keyspace)
    ? []
    : limitReason(
        'data takes',
        gaugeOf(keyspace, 'memory_used_bytes'),
        gaugeOf(keyspace, 'memory_limit_bytes'),
      );

const limitReason = (what: string, used: number | null, limit: number | null): Reason[] => {
  if (used === null || limit === null || limit === 0) return [];
  const share = used / limit;
  const level = levelOfShare(share);
  return level === 'ok' ? [] : [{ level, text: `${what} ${formatShare(share)} of the limit` }];
};

const connectionReasons = ({ workers }: InstanceBooks, lastMinute: LastMinute): Reason[] => {
  let rejected = 0;
  let slow = 0;
  for (const { worker } of workers) {
    const { counted } = lastMinute.of(worker);
    rejected += sumOfCounter(counted, 'rejected_connections_total');
    slow += slowClientsOf(counted);
  }
  return [
    ...(rejected > 0 ? [warning(`connections refused in the last minute: ${rejected}`)] : []),
    ...(slow > 0 ? [warning(`slow clients closed in the last minute: ${slow}`)] : []),
  ];
};

const commandReasons = ({ seconds, counted }: Span): Reason[] => {
  const all = counted.allCommands();
  const calls = callsOf(all);
  const errors = errorsOf(all);
  const p99 = latencyOf(all, 0.99);
  const slow = p99 !== null && p99 > SLOW_P99 && ranOf(all) / seconds > FEW_COMMANDS;
  const failing = errors / seconds > FEW_ERRORS && errors > calls * MANY_ERRORS;
  const refused = counted.counter('errors_total', 'OOM');
  return [
    ...(refused > 0
      ? [critical(`writes refused in the last minute, as the data is at its limit: ${refused}`)]
      : []),
    ...(slow ? [warning(`commands are slow: p99 is ${formatTime(p99)}`)] : []),
    ...(failing
      ? [warning(`${formatShare(errors / calls)} of all commands fail, ${formatRate(errors / seconds)}`)]
      : []),
  ];
};

const processReasons = (place: PlaceBooks, lastMinute: LastMinute): Reason[] => {
  if (place.live.length === 0) return [];
  const { counted } = lastMinute.of(place.worker);
  const name = nameOf(place.worker);
  const settled = watchedFor(counted) >= SETTLING_TIME;
  const busy = settled ? utilisationOf(counted) : null;
  const late = settled ? delayOf(counted, 0.99) : null;
  return [
    ...(levelOfUtilisation(busy) === 'ok' ? [] : [warning(`${name} is ${formatShare(busy)} busy`)]),
    ...(levelOfDelay(late) === 'ok' ? [] : [warning(`${name} stalls for ${formatTime(late)}`)]),
    ...limitReason(
      `the V8 heap of ${name} takes`,
      gaugeOf(place, 'heap_used_bytes'),
      gaugeOf(place, 'heap_limit_bytes'),
    ),
  ];
};
