import { formatAge, formatCount, formatNumber, formatRate, formatShare, formatTime } from './format.ts';
import { levelOfShare } from './levels.ts';
import { type Meter, metersOf } from './meters.ts';
import type { Level, Reason, StatusDocument } from './status-document.ts';
import { type Table, tablesOf } from './tables.ts';

/** A figure with its name. */
export interface Fact {
  readonly label: string;
  readonly value: string;
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
  reasons: status.verdict.reasons,
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

const aboutOf = ({ now, server }: StatusDocument): Fact[] => [
  { label: 'version', value: server.version },
  { label: 'node', value: server.nodeVersion },
  { label: 'mode', value: MODES[server.mode] },
  { label: 'up for', value: formatAge((now - server.startedAt) / 1000) },
  { label: 'workers', value: `${server.workers.up} of ${server.workers.expected}` },
];

const figuresOf = ({ traffic, keys }: StatusDocument): Fact[] => [
  { label: 'commands', value: formatRate(traffic.commandsPerSecond) },
  { label: 'latency p50', value: formatTime(traffic.p50) },
  { label: 'latency p99', value: formatTime(traffic.p99) },
  { label: 'errors', value: formatRate(traffic.errorsPerSecond) },
  { label: 'new connections', value: formatRate(traffic.connectionsPerSecond) },
  { label: 'keys', value: keys.total < 100_000 ? formatCount(keys.total) : formatNumber(keys.total) },
  { label: 'hit ratio', value: formatShare(keys.hitRatio) },
];
