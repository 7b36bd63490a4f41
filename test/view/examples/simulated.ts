/*
 * A server whose figures move, in all states that a page must show well.
 */
import {
  type CommandStatus,
  HISTORY_SPAN,
  type History,
  type Level,
  type ProcessStatus,
  type Reason,
  type Series,
  type StatusDocument,
  type StatusEvent,
} from '../../../src/view/status-document.ts';
import { busyAt, clientsAt, rateAt, wave } from './load.ts';
import { HOSTILE, type Scenario, workersOf } from './scenario.ts';

/** What is simulated. */
export interface Simulation {
  readonly scenario: Scenario;
  /** Unix milliseconds. */
  readonly now: number;
  /** A part of all the names of commands in the history; others come and go in real life. */
  readonly commands?: readonly string[];
  readonly startedAt?: number;
  readonly version?: string;
}

const COMMANDS = ['get', 'set', 'hgetall', 'zrangebyscore', 'xadd', 'incr'];
const GIB = 2 ** 30;
const MIB = 2 ** 20;

/** The document of that server at that moment, with all of its history. */
export function simulatedStatus(options: Simulation): StatusDocument {
  const { scenario, now, startedAt = now - 273_840_000, version = '0.1.0' } = options;
  const seconds = Math.floor(now / 1000);
  const empty = scenario === 'unknown';
  const names = options.commands ?? COMMANDS;
  const total = names.reduce((sum, _, i) => sum + rateAt(seconds, i, scenario), 0);
  const workers = workersOf(scenario);
  return {
    now,
    verdict: verdictOf(scenario),
    server: {
      version,
      nodeVersion: 'v22.11.0',
      mode: 'cluster',
      startedAt: empty ? now - 400 : startedAt,
      workers: { expected: workers.length, up: empty ? 0 : scenario === 'critical' ? 3 : workers.length },
    },
    clients: {
      connected: empty ? 0 : clientsAt(seconds, scenario),
      blocked: 12,
      limit: empty ? null : 10_000,
    },
    memory: {
      used: empty ? 0 : (scenario === 'critical' ? 3.93 : 1.27) * GIB,
      reserved: 4.1 * GIB,
      limit: empty ? null : 4 * GIB,
      evicts: empty ? null : false,
    },
    keys: { total: empty ? 0 : 3_184_220, expiring: 210_003, hitRatio: empty ? null : 0.9731 },
    traffic: {
      commandsPerSecond: empty ? null : total,
      commands: 18_220_114_003,
      errorsPerSecond: empty ? null : scenario === 'critical' ? 412 : scenario === 'warning' ? 3.2 : 0,
      errors: 12_044,
      connectionsPerSecond: empty ? null : 4.2,
      connections: 1_220_400,
      rejectedConnections: scenario === 'ok' ? 0 : 1284,
      slowClients: 2,
      bytesInPerSecond: empty ? null : total * 61,
      bytesOutPerSecond: empty ? null : total * 190,
      p50: empty ? null : 0.000021,
      p99: empty ? null : scenario === 'critical' ? 0.181 : 0.00034,
    },
    processes: [...workers, 'keyspace'].map((name, i) => processOf(name, i, options)),
    commands: empty || scenario === 'idle' ? [] : commandsOf(seconds, scenario),
    slowLog: slowLogOf(scenario, now),
    events: eventsOf(scenario, now),
    history: historyOf(options, names),
  };
}

function verdictOf(scenario: Scenario): { level: Level; reasons: Reason[] } {
  const warnings: Reason[] = [
    { level: 'warning', text: '91 % of maxclients are connected' },
    { level: 'warning', text: 'worker 2 was busy for 96 % of the last 10 seconds' },
  ];
  if (scenario === 'warning') return { level: 'warning', reasons: warnings };
  if (scenario === 'unknown') {
    return { level: 'critical', reasons: [{ level: 'critical', text: 'the keyspace has not reported yet' }] };
  }
  if (scenario === 'hostile') return { level: 'warning', reasons: [{ level: 'warning', text: HOSTILE }] };
  if (scenario !== 'critical') return { level: 'ok', reasons: [] };
  const reasons: Reason[] = [
    { level: 'critical', text: 'worker 1 is not up' },
    {
      level: 'critical',
      text: '98 % of maxmemory are used, and keys are not evicted: writes will be refused',
    },
  ];
  return { level: 'critical', reasons: [...reasons, ...warnings] };
}

function processOf(name: string, index: number, { scenario, now }: Simulation): ProcessStatus {
  const seconds = Math.floor(now / 1000);
  const up = scenario !== 'unknown' && !(scenario === 'critical' && name === '1');
  const known = <T>(value: T): T | null => (up ? value : null);
  const keyspace = name === 'keyspace';
  return {
    worker: name,
    up,
    pid: known(41_200 + index * 7),
    startedAt: known(now - 273_839_000 + index * 1_000_000),
    lastReportAt: known(now - 300),
    restarts: {
      crash: name === '1' && scenario !== 'ok' ? 3 : 0,
      hang: 0,
      reload: keyspace ? 0 : 2,
    },
    clients: keyspace ? null : known(Math.round(clientsAt(seconds, scenario) / 4)),
    commandsPerSecond: known(rateAt(seconds, 0, scenario) / 2 + index * 40),
    utilisation: known(busyAt(seconds, index, scenario)),
    delayP99: known(scenario === 'warning' && name === '2' ? 0.312 : 0.0013 + index * 0.0002),
    heapUsed: known((keyspace ? 31 : 18 + index) * MIB),
    heapLimit: known(4144 * MIB),
    memory: known(keyspace ? 4.3 * GIB : (52 + index * 2) * MIB),
    cpu: known(busyAt(seconds, index, scenario) * 0.97),
  };
}

function commandsOf(seconds: number, scenario: Scenario): CommandStatus[] {
  const names =
    scenario === 'hostile' ? [HOSTILE, ...COMMANDS] : [...COMMANDS, 'client|list', 'ping', 'unknown'];
  return names.map((command, i) => ({
    command,
    callsPerSecond: Math.max(0.05, rateAt(seconds, i, scenario) / (i > 5 ? 4000 : 1)),
    mean: 0.000004 * (i + 1),
    p99: 0.00003 * (i + 1) ** 2,
    errorsPerSecond: command === 'incr' && scenario !== 'ok' ? 3.2 : 0,
    calls: Math.round(8_220_114_003 / (i + 1) ** 3),
    errors: command === 'incr' ? 12_044 : 0,
  }));
}

function slowLogOf(scenario: Scenario, now: number): StatusDocument['slowLog'] {
  if (scenario === 'unknown' || scenario === 'idle') return [];
  const commands = ['keys', 'zrangebyscore', 'hgetall', 'sort', 'lrange', 'keys', 'smembers'];
  return commands.map((command, i) => ({
    id: 90 - i,
    at: now - 40_000 * (i + 1) ** 2,
    command: scenario === 'hostile' ? HOSTILE : command,
    duration: [0.412, 0.0131, 0.0117, 0.22, 0.0142, 1.83, 0.0108][i] ?? 0.011,
    arguments: i + 2,
  }));
}

function eventsOf(scenario: Scenario, now: number): StatusEvent[] {
  if (scenario === 'unknown') return [];
  const long =
    'slow client on worker 3: 64 MiB of replies waited for it for 61 seconds, which is more than client-output-buffer-limit allows; it was disconnected';
  const texts: Array<Omit<StatusEvent, 'id' | 'at'>> = [
    { level: 'critical', kind: 'down', text: 'worker 1 has died: SIGKILL' },
    { level: 'warning', kind: 'rejected', text: '1,284 connections refused: maxclients is reached' },
    { level: 'warning', kind: 'slow_client', text: long },
    { level: 'warning', kind: 'restart', text: 'worker 1 was started again after a crash' },
    { level: 'critical', kind: 'down', text: 'worker 1 was down for 8 s' },
    { level: 'ok', kind: 'reload', text: 'the workers were replaced one by one' },
    { level: 'critical', kind: 'down', text: 'the keyspace did not answer for 15 s' },
    { level: 'ok', kind: 'start', text: 'corespond 0.1.0 has started with 4 workers' },
  ];
  const shown = scenario === 'ok' || scenario === 'idle' || scenario === 'many' ? texts.slice(5) : texts;
  const events = shown.map((event, i) => ({ id: 40 - i, at: now - 9000 * (i + 1) ** 3, ...event }));
  return scenario === 'hostile' ? events.map((event) => ({ ...event, text: HOSTILE.repeat(3) })) : events;
}

function historyOf({ scenario, now }: Simulation, commands: readonly string[]): History {
  const last = Math.floor(now / 1000);
  const times = Array.from({ length: HISTORY_SPAN }, (_, i) => last - HISTORY_SPAN + 1 + i);
  /** For half a minute of each quarter of an hour nobody knew anything. */
  const isKnown = (second: number): boolean => scenario !== 'unknown' && second % HISTORY_SPAN >= 30;
  const series = (value: (second: number) => number): Series =>
    times.map((second) => (isKnown(second) ? value(second) : null));
  const total = (second: number): number =>
    commands.reduce((sum, _, i) => sum + rateAt(second, i, scenario), 0);
  const stress = scenario === 'critical' ? 60 : 1;
  return {
    interval: 1,
    times: times.map((second) => second * 1000),
    commandsPerSecond: Object.fromEntries([
      ...commands.map((name, i) => [
        scenario === 'hostile' && i === 0 ? HOSTILE : name,
        series((second) => rateAt(second, i, scenario)),
      ]),
      ['other', series((second) => rateAt(second, 6, scenario))],
    ]),
    p50: series((second) => 0.000016 * (1 + wave(second, 2))),
    p99: series((second) => 0.00024 * (0.6 + wave(second, 9) ** 3 * 4) * stress),
    clients: series((second) => clientsAt(second, scenario)),
    bytesInPerSecond: series((second) => total(second) * (48 + wave(second, 4) * 20)),
    bytesOutPerSecond: series((second) => total(second) * (140 + wave(second, 5) * 90)),
    utilisation: Object.fromEntries(
      [...workersOf(scenario), 'keyspace'].map((name, i) => [
        name,
        times.map((second) =>
          !isKnown(second) || (scenario === 'critical' && name === '1' && last - second < 25)
            ? null
            : busyAt(second, i, scenario),
        ),
      ]),
    ),
  };
}
