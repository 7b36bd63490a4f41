/*
 * Documents with figures that are easily told apart, for tests of what exactly is shown.
 */
import type {
  History,
  ProcessStatus,
  StatusDocument,
  StatusEvent,
} from '../../../src/view/status-document.ts';

/** The moment of all documents here: 2026-01-05T10:00:00Z. */
export const NOW = Date.UTC(2026, 0, 5, 10);
const MIB = 1024 * 1024;

const process = (worker: string, more: Partial<ProcessStatus> = {}): ProcessStatus => ({
  worker,
  up: true,
  pid: 4200 + (worker === 'keyspace' ? 99 : Number(worker)),
  startedAt: NOW - 7_384_000,
  lastReportAt: NOW - 400,
  restarts: { crash: 0, hang: 0, reload: 1 },
  clients: worker === 'keyspace' ? null : 3,
  commandsPerSecond: worker === 'keyspace' ? 12_345 : 6172,
  utilisation: 0.42,
  delayP99: 0.0123,
  heapUsed: 12 * MIB,
  heapLimit: 4096 * MIB,
  memory: 61 * MIB,
  cpu: 0.5,
  ...more,
});

const workers = (count: number): ProcessStatus[] =>
  Array.from({ length: count }, (_, slot) => process(String(slot)));

const event = (id: number, text: string, more: Partial<StatusEvent> = {}): StatusEvent => ({
  id,
  at: NOW - (10 - id) * 60_000,
  level: 'ok',
  kind: 'start',
  text,
  ...more,
});

/** So many seconds of history that end now: two commands, the first of which rises. */
export const historyOf = (seconds: number): History => {
  const series = <T>(value: (i: number) => T): T[] => Array.from({ length: seconds }, (_, i) => value(i));
  return {
    interval: 1,
    times: series((i) => NOW - (seconds - 1 - i) * 1000),
    commandsPerSecond: { get: series((i) => 1000 * (i + 1)), set: series(() => 500) },
    p50: series(() => 0.00001),
    p99: series((i) => (i === 0 ? null : (1 + (i % 4)) / 1000)),
    clients: series(() => 6),
    bytesInPerSecond: series(() => 1e6),
    bytesOutPerSecond: series(() => 2e6),
    utilisation: { 0: series(() => 0.4) },
  };
};

/** Two workers that are well. */
export const WELL: StatusDocument = {
  now: NOW,
  verdict: { level: 'ok', reasons: [] },
  server: {
    version: '0.1.0',
    nodeVersion: '20.19.0',
    mode: 'cluster',
    startedAt: NOW - 7_384_000,
    workers: { expected: 2, up: 2 },
  },
  clients: { connected: 6, blocked: 1, limit: 10_000 },
  memory: { used: 300 * MIB, reserved: 320 * MIB, limit: 1024 * MIB, evicts: false },
  keys: { total: 123_456, expiring: 10, hitRatio: 0.97 },
  traffic: {
    commandsPerSecond: 12_345,
    commands: 9_876_543,
    errorsPerSecond: 0,
    errors: 12,
    connectionsPerSecond: 0.5,
    connections: 321,
    rejectedConnections: 0,
    slowClients: 0,
    bytesInPerSecond: 1e6,
    bytesOutPerSecond: 2e6,
    p50: 0.0000125,
    p99: 0.0004,
  },
  processes: [...workers(2), process('keyspace')],
  commands: [
    {
      command: 'get',
      callsPerSecond: 10_000,
      mean: 0.0000021,
      p99: 0.00001,
      errorsPerSecond: 0,
      calls: 8_000_000,
      errors: 0,
    },
    {
      command: 'client|list',
      callsPerSecond: 0.5,
      mean: 0.00012,
      p99: 0.0003,
      errorsPerSecond: 0.1,
      calls: 120,
      errors: 12,
    },
  ],
  slowLog: [{ id: 7, at: NOW - 95_000, command: 'keys', duration: 0.0153, arguments: 2 }],
  events: [event(2, 'the workers were replaced on SIGHUP'), event(1, 'corespond 0.1.0 has started')],
  history: historyOf(4),
};

/** Many workers, of which one is down, another one busy; the memory is full and much has happened. */
export const IN_TROUBLE: StatusDocument = {
  ...WELL,
  verdict: {
    level: 'critical',
    reasons: [
      { level: 'critical', text: 'worker 9 is down' },
      { level: 'warning', text: 'the data takes 97 % of maxmemory' },
    ],
  },
  server: { ...WELL.server, workers: { expected: 16, up: 15 } },
  memory: { used: 993 * MIB, reserved: 1000 * MIB, limit: 1024 * MIB, evicts: false },
  processes: [
    ...workers(16).map((one): ProcessStatus => {
      if (one.worker === '4')
        return { ...one, utilisation: 0.96, restarts: { crash: 2, hang: 1, reload: 1 } };
      return one.worker === '9'
        ? {
            ...one,
            up: false,
            pid: null,
            startedAt: null,
            clients: null,
            commandsPerSecond: null,
            utilisation: null,
          }
        : one;
    }),
    process('keyspace', { utilisation: 0.71 }),
  ],
  slowLog: Array.from({ length: 20 }, (_, i) => ({
    id: 20 - i,
    at: NOW - 5000 * (i + 1),
    command: i % 2 === 0 ? 'keys' : 'sort',
    duration: 0.0123 * (i + 1),
    arguments: 2 + i,
  })),
  events: [
    event(9, 'worker 9 has ended by SIGSEGV', { level: 'critical', kind: 'down' }),
    event(8, '5 connections refused: maxclients is reached', { level: 'warning', kind: 'rejected' }),
    ...Array.from({ length: 20 }, (_, i) => event(7 - i, `worker ${i % 16} was replaced on SIGHUP`)),
  ],
  history: historyOf(300),
};
