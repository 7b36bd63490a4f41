import {
  formatAge,
  formatByteRate,
  formatCount,
  formatLatency,
  formatNumber,
  formatRate,
  formatShare,
  UNKNOWN,
} from './format.ts';
import { levelOfErrors, levelOfLatency, levelOfShare } from './levels.ts';
import { type Meter, metersOf } from './meters.ts';
import type { Level, Reason, StatusDocument } from './status-document.ts';
import { type Table, tablesOf } from './tables.ts';
import { unbroken } from './unbroken.ts';

/** A figure with its name. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  /** Set apart from the rest if it is not ok. */
  readonly level: Level;
}

/** What people see of a status document: the same on the page, without JavaScript, and in a terminal. */
export interface StatusView {
  readonly level: Level;
  /** The verdict in a few words. */
  readonly headline: string;
  /** Why, worst first; empty if all is well. */
  readonly reasons: readonly Reason[];
  /** What is said where there are no reasons. */
  readonly assurance: string;
  /** The instance: version, how long it has run … */
  readonly about: readonly Fact[];
  /** The figures of this moment. */
  readonly figures: readonly Fact[];
  readonly meters: readonly Meter[];
  readonly tables: readonly Table[];
}

const HEADLINES: Readonly<Record<Level, string>> = {
  ok: 'All is well',
  warning: 'Needs attention',
  critical: 'In trouble',
};

/** What people see of a status. */
export const viewOf = (status: StatusDocument): StatusView => ({
  level: status.verdict.level,
  headline: HEADLINES[status.verdict.level],
  reasons: status.verdict.reasons.map(({ level, text }) => ({ level, text: unbroken(text) })),
  assurance: assuranceOf(status),
  about: aboutOf(status),
  figures: figuresOf(status),
  meters: metersOf(status),
  tables: tablesOf(status),
});

/** An instance that evicts may be at its limit of memory and well. */
const assuranceOf = ({ memory }: StatusDocument): string =>
  memory.evicts && memory.limit !== null && levelOfShare(memory.used / memory.limit) !== 'ok'
    ? 'Every process answers, and keys are evicted to keep the limit of memory'
    : 'Every process answers, and no limit is near';

const MODES = {
  cluster: 'cluster of its own',
  pm2: 'workers under pm2',
  solo: 'one process for all',
} as const;

const fact = (label: string, value: string, level: Level = 'ok'): Fact => ({
  label,
  value: unbroken(value),
  level,
});

const aboutOf = ({ now, server, verdict }: StatusDocument): Fact[] => {
  const { expected, up } = server.workers;
  return [
    fact('version', server.version),
    fact('node', server.nodeVersion),
    fact('mode', MODES[server.mode]),
    fact('up for', formatAge((now - server.startedAt) / 1000)),
    fact('workers', `${up} of ${expected}`, up < expected ? verdict.level : 'ok'),
  ];
};

const figuresOf = ({ traffic, keys, memory }: StatusDocument): Fact[] => {
  const { commandsPerSecond: calls, errorsPerSecond: errors, p50, p99 } = traffic;
  return [
    fact('commands', formatRate(calls)),
    fact('latency p50', formatLatency(p50)),
    fact('latency p99', formatLatency(p99), levelOfLatency(p99, calls)),
    fact('errors', formatRate(errors), levelOfErrors(errors, calls)),
    fact('in', formatByteRate(traffic.bytesInPerSecond)),
    fact('out', formatByteRate(traffic.bytesOutPerSecond)),
    // Without a keyspace there is nobody who could count them.
    fact('keys', memory.limit === null ? UNKNOWN : formatKeys(keys.total)),
    fact('hit ratio', formatShare(keys.hitRatio)),
  ];
};

const formatKeys = (total: number): string => (total < 100_000 ? formatCount(total) : formatNumber(total));
