import { CommandError } from '../../errors.ts';
import type { LatencyEvent } from '../../instance/latency-monitor.ts';
import { type CommandFigures, LATENCY_BOUNDS, ranOf } from '../../metrics/counters.ts';
import type { ReplyWriter } from '../../resp/reply-writer.ts';
import type { Arguments } from '../arguments.ts';
import type { Call, Command, CommandGroup } from '../command.ts';
import { helpCommand } from '../help.ts';
import { latencyGraph } from './latency-graph.ts';

const latest = ({ reply, instance }: Call): void => {
  const { events } = instance.latency;
  reply.array(events.size);
  for (const [name, { samples, max }] of events) {
    const { at, milliseconds } = samples.at(-1)!;
    reply.array(4);
    reply.text(name);
    reply.integer(at);
    reply.integer(milliseconds);
    reply.integer(max);
  }
};

const history = ({ args, reply, instance }: Call): void => {
  const samples = instance.latency.events.get(args.text(2))?.samples ?? [];
  reply.array(samples.length);
  for (const { at, milliseconds } of samples) {
    reply.array(2);
    reply.integer(at);
    reply.integer(milliseconds);
  }
};

const reset = ({ args, reply, instance }: Call): void => {
  reply.integer(instance.latency.reset(wordsFrom(args, 2)));
};

const graph = ({ args, reply, instance, keyspace }: Call): void => {
  const event = instance.latency.events.get(args.text(2));
  if (event === undefined) {
    throw new CommandError(`ERR No samples available for event '${args.latin1(2)}'`);
  }
  reply.verbatim(latencyGraph(args.text(2), event, keyspace.now));
};

const doctor = ({ reply, instance, settings }: Call): void => {
  const threshold = settings.values.latencyMonitorThreshold;
  const { events } = instance.latency;
  if (threshold === 0) {
    reply.verbatim(
      'Nothing is measured: turn it on with CONFIG SET latency-monitor-threshold <milliseconds>.\n',
    );
    return;
  }
  const lines = [...events].map(([name, event]) => `${name}: ${describe(event)}.\n`);
  reply.verbatim(lines.join('') || `Nothing took ${threshold} ms or longer so far.\n`);
};

const describe = ({ samples, max }: LatencyEvent): string => {
  const sum = samples.reduce((total, { milliseconds }) => total + milliseconds, 0);
  const span = samples.at(-1)!.at - samples[0]!.at;
  const often = samples.length > 1 ? `, one every ${(span / (samples.length - 1)).toFixed(1)} s` : '';
  return `${samples.length} spikes${often}, ${(sum / samples.length).toFixed(1)} ms on average, ${max} ms at worst`;
};

const histogram = ({ args, reply, instance, table }: Call): void => {
  const { commands: figures } = instance.statistics.figures;
  const chosen =
    args.count === 2
      ? table.commands
      : wordsFrom(args, 2).flatMap((name) => familyOf(table.get(name.toLowerCase())));
  const counted = chosen.filter(({ index }) => ranOf(figures[index]) > 0);
  reply.map(counted.length);
  for (const { name, index } of counted) writeHistogram(reply, name, figures[index]!);
};

/** A command and its subcommands. */
const familyOf = (command: Command | undefined): Command[] =>
  command === undefined ? [] : [command, ...(command.subcommands?.values() ?? [])];

/** In microseconds, like the bounds below it: more than any command takes. */
const NO_BOUND = 1e9;
const BOUNDS = [...LATENCY_BOUNDS, NO_BOUND];

/** Calls that took at most so many microseconds, where another bound adds any. */
const writeHistogram = (reply: ReplyWriter, name: string, figures: CommandFigures): void => {
  const steps: [bound: number, calls: number][] = [];
  let calls = 0;
  for (const [i, count] of figures.buckets.entries()) {
    calls += count;
    if (count > 0) steps.push([BOUNDS[i]!, calls]);
  }
  reply.text(name);
  reply.map(2);
  reply.text('calls');
  reply.integer(ranOf(figures));
  reply.text('histogram_usec');
  reply.map(steps.length);
  for (const step of steps) for (const number of step) reply.integer(number);
};

const wordsFrom = (args: Arguments, first: number): string[] =>
  Array.from({ length: args.count - first }, (_, i) => args.text(first + i));

const FLAGS = ['admin', 'noscript', 'loading', 'stale'] as const;
const REPORT = ['nondeterministic_output', 'request_policy:all_nodes', 'response_policy:special'];
const report = { flags: FLAGS, tips: REPORT, since: '2.8.13', complexity: 'O(1)' } as const;

const subcommands = {
  doctor: { ...report, arity: 2, summary: 'Sums up in words what was slow.', run: doctor },
  graph: {
    ...report,
    arity: 3,
    syntax: 'event',
    summary: 'Draws the spikes of one kind of event.',
    run: graph,
  },
  help: helpCommand('LATENCY', '2.8.13', {}, [
    'DOCTOR',
    '    Return a human readable latency analysis report.',
    'GRAPH <event>',
    '    Return an ASCII latency graph for the <event> class.',
    'HISTORY <event>',
    '    Return time-latency samples for the <event> class.',
    'LATEST',
    '    Return the latest latency samples for all events.',
    'RESET [<event> ...]',
    '    Reset latency data of one or more <event> classes.',
    '    (default: reset all data for all event classes)',
    'HISTOGRAM [COMMAND ...]',
    '    Return a cumulative distribution of latencies in the format of a histogram for the specified command names.',
    '    If no commands are specified then all histograms are replied.',
  ]),
  histogram: {
    ...report,
    arity: -2,
    syntax: '[command [command ...]]',
    since: '7.0.0',
    complexity: 'O(N) where N is the number of commands with latency information being retrieved.',
    summary: 'Counts the calls of commands by how long they took.',
    run: histogram,
  },
  history: {
    ...report,
    arity: 3,
    syntax: 'event',
    summary: 'Returns the spikes of one kind of event, each with its time.',
    run: history,
  },
  latest: { ...report, arity: 2, summary: 'Returns the last spike of every kind of event.', run: latest },
  reset: {
    ...report,
    arity: -2,
    tips: ['request_policy:all_nodes', 'response_policy:all_succeeded'],
    syntax: '[event [event ...]]',
    summary: 'Forgets the spikes of some kinds of events, or of all.',
    run: reset,
  },
} satisfies CommandGroup;

export const latency = {
  latency: {
    arity: -2,
    since: '2.8.13',
    complexity: 'Depends on subcommand.',
    summary: 'Shows what took longer than latency-monitor-threshold.',
    subcommands,
  },
} satisfies CommandGroup;
