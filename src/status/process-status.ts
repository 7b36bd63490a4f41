import { type InstanceBooks, isUp, type PlaceBooks } from '../metrics/books.ts';
import { KEYSPACE } from '../metrics/catalogue.ts';
import type { Totals } from '../metrics/totals.ts';
import type { ProcessStatus } from '../view/status-document.ts';
import { callsOf } from './calls.ts';
import { cpuOf } from './counters.ts';
import { delayOf, utilisationOf } from './event-loop.ts';
import { gaugeOf, sumOfKnown } from './gauges.ts';
import type { LastMinute } from './last-minute.ts';
import type { LastSecond } from './last-second.ts';
import { rateOf } from './span.ts';

/** The processes that are there or should be: workers by slot, then the keyspace. */
export const processesOf = (
  books: InstanceBooks,
  lastSecond: LastSecond,
  lastMinute: LastMinute,
): ProcessStatus[] =>
  [...books.workers, books.keyspace]
    .filter(({ inUse }) => inUse)
    .map((place) => processOf(place, books, lastSecond, lastMinute));

const processOf = (
  place: PlaceBooks,
  { now, restarts }: InstanceBooks,
  lastSecond: LastSecond,
  lastMinute: LastMinute,
): ProcessStatus => {
  const { worker, live } = place;
  const latest = live.at(-1);
  const spans = lastSecond.spansOf(place, now);
  const current = spans.at(-1);
  const newest = { live: live.slice(-1) };
  const isKeyspace = worker === KEYSPACE;
  return {
    worker,
    up: isUp(place, now),
    pid: latest?.report.pid ?? null,
    startedAt: latest?.report.startedAt ?? null,
    lastReportAt: latest?.receivedAt ?? null,
    restarts: { ...restarts.of(worker) },
    clients: isKeyspace ? null : gaugeOf(place, 'connected_clients'),
    commandsPerSecond: rateOf(spans, isKeyspace ? commandsRun : requestsTaken),
    utilisation: current === undefined ? null : utilisationOf(current.counted),
    delayP99: live.length === 0 ? null : delayOf(lastMinute.of(worker).counted, 0.99),
    heapUsed: gaugeOf(newest, 'heap_used_bytes'),
    heapLimit: gaugeOf(newest, 'heap_limit_bytes'),
    memory: gaugeOf(place, 'memory_anon_bytes'),
    cpu: sumOfKnown(spans.map(cpuOf)),
  };
};

const commandsRun = (counted: Totals): number => callsOf(counted.allCommands());
const requestsTaken = (counted: Totals): number => counted.counter('worker_commands_total');
