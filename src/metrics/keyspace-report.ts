import type { CommandTable } from '../commands/table.ts';
import type { Instance } from '../instance/instance.ts';
import { memoryLimit } from '../instance/memory-limit.ts';
import type { CommandFigures, HistogramFigures, TurnCounters } from './counters.ts';
import type { ProcessProbe } from './process-probe.ts';
import { type Figures, type ProcessReport, processReport, type SlowCall } from './snapshot.ts';

/** The name under which commands that do not exist are counted, whatever clients called them. */
export const UNKNOWN_COMMAND = 'unknown';

/** So many of the slow log are reported. */
const SHOWN_SLOW_CALLS = 20;

/** What the keyspace tells the supervisor: its data and every command, by whomever it was answered. */
export const keyspaceReport = (
  instance: Instance,
  table: CommandTable,
  probe: Pick<ProcessProbe, 'figures'>,
  turns?: TurnCounters,
): ProcessReport =>
  processReport({ role: 'keyspace', slot: 0 }, probe.figures(), {
    counters: countersOf(instance),
    gauges: gaugesOf(instance),
    histograms: turns === undefined ? {} : turnFigures(turns),
    commands: commandsOf(instance, table),
    slowCalls: slowCallsOf(instance),
  });

const turnFigures = ({ commands, microseconds }: TurnCounters): Record<string, HistogramFigures> => ({
  keyspace_turn_commands: commands.figures(),
  keyspace_turn_seconds: microseconds.figures(),
});

const countersOf = ({ keyspace, errors, slowCommands }: Instance): Figures => {
  const { hits, misses, expired, expiredFields, evicted } = keyspace.statistics;
  const byCode = Object.fromEntries(errors.entries());
  return {
    errors_total: byCode,
    auth_failures_total: byCode.WRONGPASS ?? 0,
    slow_commands_total: slowCommands,
    keyspace_hits_total: hits,
    keyspace_misses_total: misses,
    expired_keys_total: expired,
    expired_fields_total: expiredFields,
    evicted_keys_total: evicted,
  };
};

const gaugesOf = ({ blocked, keyspace, settings }: Instance): Figures => {
  const { arena, databases } = keyspace;
  const { maxclients, maxmemory, maxmemoryPolicy } = settings.values;
  return {
    max_clients: maxclients,
    blocked_clients: blocked.size,
    memory_used_bytes: arena.usedBytes,
    memory_reserved_bytes: arena.reservedBytes,
    memory_limit_bytes: memoryLimit(maxmemory),
    eviction_enabled: maxmemory > 0 && maxmemoryPolicy !== 'noeviction' ? 1 : 0,
    db_keys: Object.fromEntries(databases.map(({ keys }, index) => [`db${index}`, keys.count])),
    db_keys_expiring: Object.fromEntries(
      databases.map(({ expires }, index) => [`db${index}`, expires.count]),
    ),
  };
};

const slowCallsOf = ({ slowLog }: Instance): SlowCall[] =>
  slowLog.newest(SHOWN_SLOW_CALLS).map(({ id, at, command, microseconds, argc }) => ({
    id,
    at: at * 1000,
    command,
    microseconds,
    argc,
  }));

const commandsOf = (instance: Instance, table: CommandTable): Record<string, CommandFigures> => {
  const commands: Record<string, CommandFigures> = {};
  for (const { index, name } of table.commands) {
    const figures = instance.commandFigures(index);
    if (figures === undefined) continue;
    figures.microseconds = Math.round(figures.microseconds);
    commands[name] = figures;
  }
  const rejected = instance.unknownCommands;
  if (rejected > 0) commands[UNKNOWN_COMMAND] = { ok: 0, error: 0, rejected, microseconds: 0, buckets: [] };
  return commands;
};
