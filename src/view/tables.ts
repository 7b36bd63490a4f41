import {
  formatAge,
  formatBytes,
  formatCount,
  formatDelay,
  formatLatency,
  formatRate,
  formatShare,
  formatTime,
  UNKNOWN,
} from './format.ts';
import { levelOfDelay, levelOfFailing, levelOfUtilisation } from './levels.ts';
import { commandName, processName } from './names.ts';
import type {
  CommandStatus,
  Level,
  ProcessStatus,
  SlowCommandStatus,
  StatusDocument,
  StatusEvent,
} from './status-document.ts';
import { unbroken } from './unbroken.ts';

/** A column of a table. */
export interface Column {
  readonly title: string;
  /** Numbers are set to the right. */
  readonly align: 'left' | 'right';
}

/** What stands in a row below the title of a column. */
export interface Cell {
  readonly text: string;
  /** Set apart from the rest if it is not ok. */
  readonly level: Level;
}

/** A line of a table, with a cell for each column. */
export interface Row {
  /** The same thing has the same key in the next document. */
  readonly key: string;
  readonly cells: readonly Cell[];
}

/** Figures as a table, whoever draws it. */
export interface Table {
  readonly id: 'processes' | 'commands' | 'slow' | 'events';
  readonly title: string;
  /** What the figures are. */
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** What is said where there are no rows. */
  readonly empty: string;
}

/** The tables of a status, in the order in which they are shown. */
export const tablesOf = ({ now, processes, commands, slowLog, events }: StatusDocument): Table[] => [
  {
    id: 'processes',
    title: 'Processes',
    caption: 'The workers and the keyspace; rates of the last second, delay of the last minute',
    columns: PROCESS_COLUMNS,
    rows: processes.map((process) => processRow(process, now)),
    empty: 'No process has reported yet.',
  },
  {
    id: 'commands',
    title: 'Top commands',
    caption: 'The last minute; totals since the start',
    columns: COMMAND_COLUMNS,
    rows: commands.map(commandRow),
    empty: 'No command was called in the last minute.',
  },
  {
    id: 'slow',
    title: 'Slow log',
    caption: 'Without arguments, which SLOWLOG GET has',
    columns: SLOW_COLUMNS,
    rows: slowLog.map((slow) => slowRow(slow, now)),
    empty: 'No slow command.',
  },
  {
    id: 'events',
    title: 'Events',
    caption: 'Starts and stops, failures, refused connections, slow clients',
    columns: EVENT_COLUMNS,
    rows: events.map((event) => eventRow(event, now)),
    empty: 'Nothing has happened.',
  },
];

const text = (title: string): Column => ({ title, align: 'left' });
const figure = (title: string): Column => ({ title, align: 'right' });
const cell = (value: string, level: Level = 'ok'): Cell => ({ text: unbroken(value), level });
/** From a minute on without the seconds. */
const ago = (at: number, now: number): string => {
  const seconds = (now - at) / 1000;
  return `${formatAge(seconds < 60 ? seconds : seconds - (seconds % 60))} ago`;
};

/** Who is busy comes first: a narrow screen shows the first columns. */
const PROCESS_COLUMNS: readonly Column[] = [
  text('process'),
  text('state'),
  figure('loop busy'),
  figure('commands'),
  figure('clients'),
  figure('delay p99'),
  figure('CPU'),
  figure('memory'),
  figure('heap'),
  figure('restarts'),
  figure('up for'),
  figure('pid'),
];

const processRow = (process: ProcessStatus, now: number): Row => {
  const { worker, up, pid, startedAt, restarts, clients, commandsPerSecond, utilisation, delayP99 } = process;
  const failures = restarts.crash + restarts.hang;
  return {
    key: worker,
    cells: [
      cell(processName(worker)),
      up ? cell('up') : cell('down', 'critical'),
      cell(formatShare(utilisation), levelOfUtilisation(utilisation)),
      cell(formatRate(commandsPerSecond)),
      cell(formatCount(clients)),
      cell(formatDelay(delayP99), levelOfDelay(delayP99)),
      cell(formatShare(process.cpu)),
      cell(formatBytes(process.memory)),
      cell(formatBytes(process.heapUsed)),
      cell(formatCount(failures + restarts.reload), failures > 0 ? 'warning' : 'ok'),
      cell(startedAt === null ? UNKNOWN : formatAge((now - startedAt) / 1000)),
      cell(pid === null ? UNKNOWN : String(pid)),
    ],
  };
};

const COMMAND_COLUMNS: readonly Column[] = [
  text('command'),
  figure('calls'),
  figure('mean'),
  figure('p99'),
  figure('errors'),
  figure('total calls'),
  figure('total errors'),
];

const commandRow = (row: CommandStatus): Row => ({
  key: row.command,
  cells: [
    cell(commandName(row.command)),
    cell(formatRate(row.callsPerSecond)),
    cell(formatTime(row.mean)),
    cell(formatLatency(row.p99)),
    cell(formatRate(row.errorsPerSecond), levelOfFailing(row.errorsPerSecond, row.callsPerSecond)),
    cell(formatCount(row.calls)),
    cell(formatCount(row.errors)),
  ],
});

const SLOW_COLUMNS: readonly Column[] = [
  text('command'),
  figure('took'),
  figure('when'),
  figure('arguments'),
];

const slowRow = ({ id, at, command, duration, arguments: count }: SlowCommandStatus, now: number): Row => ({
  key: String(id),
  cells: [
    cell(commandName(command)),
    cell(formatTime(duration)),
    cell(ago(at, now)),
    cell(formatCount(count)),
  ],
});

const EVENT_COLUMNS: readonly Column[] = [text('when'), text('event')];

const eventRow = ({ id, at, level, text: what }: StatusEvent, now: number): Row => ({
  key: String(id),
  cells: [cell(ago(at, now)), cell(what, level)],
});
