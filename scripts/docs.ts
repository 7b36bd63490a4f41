import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from '../src/commands/command.ts';
import { createCommandTable } from '../src/commands/index.ts';
import { REDIS_COMMANDS } from './redis-commands.ts';

const FILE = path.resolve(import.meta.dirname, '../docs/commands.md');
const INTRODUCTION = `# Commands

<!-- Written by \`npm run docs\` from the table of commands in src/commands: change it there. -->

What this server answers, group by group, with the options, replies and error texts of Redis 7.0 and
what 7.2 and 7.4 added to these groups. Words in capitals are
typed as they are; \`[a]\` may be left out, \`a | b\` means either, \`[a ...]\` may be repeated. "Since" is the version of Redis
in which the command first appeared. \`COMMAND DOCS\` says the same to programs.
`;
const TITLES: Readonly<Record<string, string>> = {
  geo: 'Geospatial indexes',
  hash: 'Hashes',
  hyperloglog: 'HyperLogLog',
  list: 'Lists',
  set: 'Sets',
  'sorted-set': 'Sorted sets',
  stream: 'Streams',
  string: 'Strings',
  bitmap: 'Bits',
  generic: 'Keys',
  connection: 'Connection',
  transactions: 'Transactions',
  server: 'Server',
  pubsub: 'Publish and subscribe',
  scripting: 'Scripts and functions',
  cluster: 'Cluster',
};

/** The text of docs/commands.md. */
export function commandsPage(): string {
  const table = createCommandTable();
  const ours = new Map<string, Command[]>();
  for (const command of table.commands)
    ours.set(command.group, [...(ours.get(command.group) ?? []), command]);
  const groups = [...REDIS_COMMANDS.keys()].filter((group) => ours.has(group));
  const sections = groups.map((group) => section(titleOf(group), ours.get(group) ?? []));
  const have = new Set(table.commands.map(({ name }) => name));
  return `${INTRODUCTION}\n${sections.join('\n')}\n${missing(have)}`;
}

function titleOf(group: string): string {
  const title = TITLES[group];
  if (title === undefined) throw new Error(`scripts/docs.ts has no title for the group ${group}`);
  return title;
}

function section(title: string, commands: readonly Command[]): string {
  const rows = commands.filter(isCallable).sort(byName).map(row);
  return `## ${title}\n\n| Command | What it does | Complexity | Since |\n| --- | --- | --- | --- |\n${rows.join('')}`;
}

/** A container is in the list by its subcommands only, and HELP goes without saying. */
function isCallable({ run, name }: Command): boolean {
  return run !== undefined && !name.endsWith('|help');
}

function byName(a: Command, b: Command): number {
  return a.name < b.name ? -1 : 1;
}

function row({ name, entry }: Command): string {
  const { syntax, summary, complexity = '', since, deprecated } = entry;
  const words = syntax === undefined ? wordsOf(name) : `${wordsOf(name)} ${syntax}`;
  const advice =
    deprecated === undefined ? '' : ` Deprecated since ${deprecated.since}: use ${deprecated.use}.`;
  const cells = [`\`${words}\``, `${summary}${advice}`, complexity, since];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
}

function wordsOf(name: string): string {
  return name.toUpperCase().replace('|', ' ');
}

function missing(have: ReadonlySet<string>): string {
  const lines: string[] = [];
  for (const [group, names] of REDIS_COMMANDS) {
    const lacking = names.filter((name) => !have.has(name) && !isPartOf(name, names, have));
    if (lacking.length > 0) lines.push(`- **${titleOf(group)}**: ${lacking.map(wordsOf).join(', ')}\n`);
  }
  return `## Not there yet\n\nCommands of Redis 7.0 that this server does not know.\n\n${lines.join('')}`;
}

/** True for a subcommand of a container that is itself missing: the container's name says it. */
function isPartOf(name: string, names: readonly string[], have: ReadonlySet<string>): boolean {
  const [container = name, subcommand] = name.split('|');
  return subcommand !== undefined && names.includes(container) && !have.has(container);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(FILE, commandsPage());
