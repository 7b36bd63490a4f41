import { errors } from '../../errors.ts';
import { hasExpiry } from '../../keyspace/entry.ts';
import type { ReplyWriter } from '../../resp/reply-writer.ts';
import type { Call, CommandGroup } from '../command.ts';
import { helpCommand } from '../help.ts';
import { humanBytes, ratio } from './info/section.ts';
import { memoryFigures } from './memory-figures.ts';

/** Bytes that a key takes in a table, beside its entry. */
const SLOT_BYTES = 8;

const DEFAULT_SAMPLES = 5;

/** Of a large collection some elements are looked at (SAMPLES; 0 for all) and the mean is taken for the others. */
const usage = ({ args, reply, keyspace, database }: Call): void => {
  let samples = DEFAULT_SAMPLES;
  for (let i = 3; i < args.count; i += 2) {
    if (!args.is(i, 'SAMPLES') || i + 1 >= args.count) throw errors.syntax;
    samples = args.integer(i + 1);
    if (samples < 0) throw errors.syntax;
  }
  const entry = database.peek(args.buffer, args.start(2), args.length(2));
  if (entry === 0) {
    reply.null();
    return;
  }
  const slots = hasExpiry(keyspace.arena, entry) ? 2 : 1;
  reply.integer(keyspace.sizeOf(entry, samples) + slots * SLOT_BYTES);
};

const stats = (call: Call): void => {
  const { reply, keyspace } = call;
  const groups = statsOf(call);
  const used = keyspace.databases.filter(({ keys }) => keys.count > 0);
  const [before, after] = groups;
  reply.map(before.length + used.length + after.length);
  for (const [name, value] of before) writeFigure(reply, name, value);
  for (const { index, keys, expires } of used) {
    reply.text(`db.${index}`);
    reply.map(3);
    writeFigure(reply, 'overhead.hashtable.main', keys.memoryBytes());
    writeFigure(reply, 'overhead.hashtable.expires', expires.memoryBytes());
    writeFigure(reply, 'overhead.hashtable.slot-to-keys', 0);
  }
  for (const [name, value] of after) writeFigure(reply, name, value);
};

/** A ratio or percentage, which is answered as a double even when it is whole. */
class Share {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

type Figure = readonly [name: string, value: number | Share];

const writeFigure = (reply: ReplyWriter, name: string, value: number | Share): void => {
  reply.text(name);
  if (value instanceof Share) reply.double(value.value);
  else reply.integer(value);
};

/** What MEMORY STATS says before and after its databases. */
const statsOf = ({ instance, keyspace }: Call): [before: Figure[], after: Figure[]] => {
  const { used, peak, reserved, resident, tables, dataset, clients } = memoryFigures(instance);
  const { count } = keyspace;
  const before: Figure[] = [
    ['peak.allocated', peak],
    ['total.allocated', used],
    ['startup.allocated', 0],
    ['replication.backlog', 0],
    ['clients.slaves', 0],
    ['clients.normal', clients],
    ['cluster.links', 0],
    ['aof.buffer', 0],
    ['lua.caches', 0],
    ['functions.caches', 0],
  ];
  const after: Figure[] = [
    ['overhead.total', tables],
    ['keys.count', count],
    ['keys.bytes-per-key', Math.floor(ratio(used, count))],
    ['dataset.bytes', dataset],
    ['dataset.percentage', new Share(ratio(dataset, used) * 100)],
    ['peak.percentage', new Share(ratio(used, peak) * 100)],
    ['allocator.allocated', used],
    ['allocator.active', reserved],
    ['allocator.resident', reserved],
    ['allocator-fragmentation.ratio', new Share(ratio(reserved, used))],
    ['allocator-fragmentation.bytes', reserved - used],
    ['allocator-rss.ratio', new Share(1)],
    ['allocator-rss.bytes', 0],
    ['rss-overhead.ratio', new Share(ratio(resident, reserved))],
    ['rss-overhead.bytes', resident - reserved],
    ['fragmentation', new Share(ratio(resident, used))],
    ['fragmentation.bytes', resident - used],
  ];
  return [before, after];
};

/** Below this nothing can be said about waste, in bytes. */
const LITTLE = 5 * 1024 * 1024;

const doctor = ({ reply, instance, settings }: Call): void => {
  const { used, peak, reserved } = memoryFigures(instance);
  const { maxmemory, maxmemoryPolicy } = settings.values;
  const findings: string[] = [];
  if (used > LITTLE && reserved > used * 1.4) {
    findings.push(`${humanBytes(reserved - used)} of the memory held are free but scattered.`);
  }
  if (used > LITTLE && peak > used * 1.5) {
    findings.push(`At its peak the data took ${humanBytes(peak)}; some of that is still held.`);
  }
  if (maxmemory > 0 && used > maxmemory * 0.9) {
    findings.push(`The data has reached 90 % of maxmemory; the policy then is ${maxmemoryPolicy}.`);
  }
  reply.verbatim(
    findings.length > 0
      ? `${findings.join('\n')}\n`
      : `Nothing to complain about: ${humanBytes(used)} of data.\n`,
  );
};

const allocatorStats = ({ reply, instance }: Call): void => {
  const { used, reserved, tables, dataset } = memoryFigures(instance);
  const lines = Object.entries({ 'in use': used, tables, 'keys and values': dataset, reserved });
  reply.verbatim(`Arena\n${lines.map(([name, bytes]) => `${name}: ${bytes}\n`).join('')}`);
};

/** Housekeeping gives free chunks back one by one; this does it at once. */
const purge = ({ keyspace, reply }: Call): void => {
  while (keyspace.arena.trim());
  reply.ok();
};

const REPORT = ['nondeterministic_output', 'request_policy:all_shards', 'response_policy:special'];
const SLOW = 'Depends on how much memory is allocated, could be slow';

const subcommands = {
  doctor: {
    arity: 2,
    tips: REPORT,
    since: '4.0.0',
    complexity: 'O(1)',
    summary: 'Says in words whether memory is wasted.',
    run: doctor,
  },
  help: helpCommand('MEMORY', '4.0.0', {}, [
    'DOCTOR',
    '    Return memory problems reports.',
    'MALLOC-STATS',
    '    Return internal statistics report from the memory allocator.',
    'PURGE',
    '    Attempt to purge dirty pages for reclamation by the allocator.',
    'STATS',
    '    Return information about the memory usage of the server.',
    'USAGE <key> [SAMPLES <count>]',
    '    Return memory in bytes used by <key> and its value. Nested values are',
    '    sampled up to <count> times (default: 5, 0 means sample all).',
  ]),
  'malloc-stats': {
    arity: 2,
    tips: REPORT,
    since: '4.0.0',
    complexity: SLOW,
    summary: 'Returns the figures of the arena in which the data lies.',
    run: allocatorStats,
  },
  purge: {
    arity: 2,
    tips: ['request_policy:all_shards', 'response_policy:all_succeeded'],
    since: '4.0.0',
    complexity: SLOW,
    summary: 'Gives memory that is free back to the system.',
    run: purge,
  },
  stats: {
    arity: 2,
    tips: REPORT,
    since: '4.0.0',
    complexity: 'O(1)',
    summary: 'Returns what the memory is used for.',
    run: stats,
  },
  usage: {
    arity: -3,
    flags: ['readonly'],
    keys: [{ first: 2, last: 2, step: 1, flags: 'RO' }],
    syntax: 'key [SAMPLES count]',
    since: '4.0.0',
    complexity: 'O(N) where N is the number of samples.',
    summary: 'Returns the bytes that a key and its value take.',
    run: usage,
  },
} satisfies CommandGroup;

export const memory = {
  memory: {
    arity: -2,
    since: '4.0.0',
    complexity: 'Depends on subcommand.',
    summary: 'Shows how memory is used.',
    subcommands,
  },
} satisfies CommandGroup;
