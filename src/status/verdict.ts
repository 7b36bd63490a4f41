import { type InstanceBooks, nameOf, type PlaceBooks } from '../metrics/books.ts';
import { ranOf } from '../metrics/counters.ts';
import type { Totals } from '../metrics/totals.ts';
import {
  formatAge,
  formatCount,
  formatDelay,
  formatLatency,
  formatRate,
  formatShare,
  formatTime,
} from '../view/format.ts';
import {
  levelOfDelay,
  levelOfErrors,
  levelOfLatency,
  levelOfShare,
  levelOfUtilisation,
} from '../view/levels.ts';
import type { Reason, Verdict } from '../view/status-document.ts';
import { callsOf, errorsOf, latencyOf } from './calls.ts';
import { slowClientsOf, sumOfCounter } from './counters.ts';
import { delayOf, longestDelayOf, utilisationOf, watchedFor } from './event-loop.ts';
import { connectedClients, evictsAtLimit, gaugeOf } from './gauges.ts';
import { FAILURES, type Failure, lossOf, RESTART_MEMORY } from './incidents.ts';
import type { LastMinute } from './last-minute.ts';
import type { Silence } from './presence.ts';
import { critical, warning } from './reason.ts';
import type { Span } from './span.ts';

/*
 * The bounds here and in view/levels.ts are those of the alert rules in grafana/prometheus/rules; what these ask for over
 * minutes is asked here of the last one, so that who looks sees it at once.
 */

/** More restarts than this in 15 minutes are a loop. */
const RESTART_LOOP = 2;
/** A single restart or silence is worth a word for so many milliseconds. */
const NEWS = 60_000;
/** An event loop that was once late by so many seconds is worth a word, whatever it was else. */
const LONG_DELAY = 1;
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
  /** Those who were silent of late, the latest last. */
  readonly silences: readonly Silence[];
}

/** Whether the instance is well, and why not. */
export const verdictOf = (sources: VerdictSources): Verdict => {
  const { books, lastMinute, problems, isStarting } = sources;
  const reasons = [
    ...(isStarting && problems.length > 0 ? [STARTING] : problems),
    ...restartReasons(sources),
    ...silenceReasons(sources),
    ...limitReasons(books),
    ...connectionReasons(books, lastMinute),
    ...commandReasons(lastMinute.of(books.keyspace.worker)),
    ...[...books.workers, books.keyspace].flatMap((place) => [
      ...loopReasons(place, sources),
      ...heapReason(place),
    ]),
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
    const isLoss = latest !== undefined && latest.lostKeys !== null;
    if (latest === undefined || (!isLoss && now - latest.at > NEWS)) return [];
    const text = `${nameOf(worker)} ${FAILURES[latest.reason]} ${agoOf(latest, now)}${lossOf(latest)}`;
    return [isLoss ? critical(text) : warning(text)];
  });

/** Who is silent now is among the problems; of each of the others the latest silence is told. */
const silenceReasons = ({ books: { now }, silences }: VerdictSources): Reason[] => {
  const latest = new Map(silences.map((silence) => [silence.worker, silence]));
  return [...latest.values()]
    .filter(({ at }) => now - at < NEWS)
    .map((silence) => {
      const { worker, seconds } = silence;
      return warning(`${nameOf(worker)} did not answer for ${formatAge(seconds)}, ${agoOf(silence, now)}`);
    });
};

const agoOf = ({ at }: Failure | Silence, now: number): string => `${formatAge((now - at) / 1000)} ago`;

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
    ...(rejected > 0 ? [warning(`connections refused in the last minute: ${formatCount(rejected)}`)] : []),
    ...(slow > 0 ? [warning(`slow clients closed in the last minute: ${formatCount(slow)}`)] : []),
  ];
};

const commandReasons = ({ seconds, counted }: Span): Reason[] => {
  const all = counted.allCommands();
  const calls = callsOf(all) / seconds;
  const errors = errorsOf(all) / seconds;
  const p99 = latencyOf(all, 0.99);
  const refused = counted.counter('errors_total', 'OOM');
  return [
    ...(refused > 0
      ? [critical(`writes refused in the last minute, as the data is at its limit: ${formatCount(refused)}`)]
      : []),
    ...(levelOfLatency(p99, ranOf(all) / seconds) === 'ok'
      ? []
      : [warning(`commands are slow: p99 of the last minute is ${formatLatency(p99)}`)]),
    ...(levelOfErrors(errors, calls) === 'ok'
      ? []
      : [
          warning(
            `${formatShare(errors / calls)} of all commands failed in the last minute, ${formatRate(errors)}`,
          ),
        ]),
  ];
};

const loopReasons = (place: PlaceBooks, { lastMinute, silences }: VerdictSources): Reason[] => {
  const { counted } = lastMinute.of(place.worker);
  if (place.live.length === 0 || watchedFor(counted) < SETTLING_TIME) return [];
  const name = nameOf(place.worker);
  const busy = utilisationOf(counted);
  return [
    ...(levelOfUtilisation(busy) === 'ok'
      ? []
      : [warning(`${name} was busy for ${formatShare(busy)} of the last minute`)]),
    // Who was silent was late, too.
    ...(silences.some(({ worker }) => worker === place.worker) ? [] : delayReason(name, counted)),
  ];
};

const delayReason = (name: string, counted: Totals): Reason[] => {
  const late = delayOf(counted, 0.99);
  if (levelOfDelay(late) !== 'ok') return [warning(`${name} stalls for ${formatDelay(late)}`)];
  const longest = longestDelayOf(counted);
  return longest < LONG_DELAY
    ? []
    : [warning(`${name} stalled for more than ${formatTime(longest)} in the last minute`)];
};

const heapReason = (place: PlaceBooks): Reason[] =>
  limitReason(
    `the V8 heap of ${nameOf(place.worker)} takes`,
    gaugeOf(place, 'heap_used_bytes'),
    gaugeOf(place, 'heap_limit_bytes'),
  );
