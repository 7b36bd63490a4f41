import type { Arguments } from '../arguments.ts';
import type { Call, CommandGroup } from '../command.ts';
import { clientsSection } from './info/clients-section.ts';
import { commandStatsSection, errorStatsSection, latencyStatsSection } from './info/command-sections.ts';
import { cpuSection } from './info/cpu-section.ts';
import { keyspaceSection } from './info/keyspace-section.ts';
import { memorySection } from './info/memory-section.ts';
import { persistenceSection } from './info/persistence-section.ts';
import { replicationSection } from './info/replication-section.ts';
import type { InfoSource, Section } from './info/section.ts';
import { serverSection } from './info/server-section.ts';
import { statsSection } from './info/stats-section.ts';

/** The sections in Redis's order, each with its title; those not asked for by name come with `default` or with `all`. */
const SECTIONS: ReadonlyArray<readonly [title: string, shownIn: 'default' | 'all', section: Section]> = [
  ['Server', 'default', serverSection],
  ['Clients', 'default', clientsSection],
  ['Memory', 'default', memorySection],
  ['Persistence', 'default', persistenceSection],
  ['Stats', 'default', statsSection],
  ['Replication', 'default', replicationSection],
  ['CPU', 'default', cpuSection],
  ['Modules', 'default', () => []],
  ['Commandstats', 'all', commandStatsSection],
  ['Errorstats', 'default', errorStatsSection],
  ['Latencystats', 'all', latencyStatsSection],
  ['Cluster', 'default', () => [['cluster_enabled', 0]]],
  ['Keyspace', 'default', keyspaceSection],
];

const info = ({ args, reply, instance, keyspace, settings, table }: Call): void => {
  const source: InfoSource = {
    instance,
    values: settings.values,
    table,
    figures: instance.statistics.figures,
    now: keyspace.now,
  };
  const names = namesOf(args);
  const texts = SECTIONS.filter(
    ([title, shownIn]) => names.has('all') || names.has(title.toLowerCase()) || names.has(shownIn),
  ).map(([title, , section]) => textOf(title, section, source));
  reply.verbatim(texts.join('\r\n'));
};

/** The sections asked for, in lower case; `everything` is all there is, as no module adds to it. */
const namesOf = (args: Arguments): Set<string> => {
  if (args.count === 1) return new Set(['default']);
  const names = Array.from({ length: args.count - 1 }, (_, i) => args.text(i + 1).toLowerCase());
  return new Set(names.map((name) => ({ everything: 'all', module_list: 'modules' })[name] ?? name));
};

const textOf = (title: string, section: Section, source: InfoSource): string =>
  `# ${title}\r\n${section(source)
    .map(([name, value]) => `${name}:${value}\r\n`)
    .join('')}`;

export const information = {
  info: {
    arity: -1,
    flags: ['loading', 'stale'],
    categories: ['dangerous'],
    tips: ['nondeterministic_output', 'request_policy:all_shards', 'response_policy:special'],
    syntax: '[section [section ...]]',
    since: '1.0.0',
    complexity: 'O(1)',
    summary: 'Returns figures about the server, in sections, for all its processes together.',
    run: info,
  },
} satisfies CommandGroup;
