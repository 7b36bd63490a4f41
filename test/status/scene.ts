import { readBooks } from '../../src/metrics/books.ts';
import { LATENCY_BUCKETS } from '../../src/metrics/counters.ts';
import { Ledger } from '../../src/metrics/ledger.ts';
import { RestartCounters } from '../../src/metrics/restart-counters.ts';
import type { Figures, ProcessReport } from '../../src/metrics/snapshot.ts';
import { critical } from '../../src/status/reason.ts';
import { Recorder } from '../../src/status/recorder.ts';
import type { StatusDocument } from '../../src/view/status-document.ts';
import { report } from '../metrics/reports.ts';

const START = 1_000_000;

type Said = Partial<Pick<ProcessReport, 'commands' | 'histograms' | 'slowCalls' | 'pid'>> & {
  readonly counters?: Figures;
  readonly gauges?: Figures;
};

/** A recorder with two workers and a keyspace, whose seconds go by when the test says so. */
export class Scene {
  now = START;
  problems: string[] = [];
  /** Where a worker should be. */
  slots = [0, 1];
  readonly ledger = new Ledger(START);
  readonly restarts = new RestartCounters();
  readonly recorder: Recorder;
  /** What each place says each second; whoever says nothing is silent. */
  readonly #says = new Map<string, ProcessReport>();

  constructor() {
    const { ledger, restarts } = this;
    const now = () => this.now;
    const read = () => readBooks({ ledger, restarts, slots: () => this.slots, startedAt: START, now });
    this.recorder = new Recorder({
      mode: 'cluster',
      read,
      now,
      problemsIn: () => this.problems.map(critical),
    });
    for (const slot of [0, 1]) this.says(slot, { counters: { worker_commands_total: 0 } });
    this.says('keyspace', { gauges: { max_clients: 100, memory_limit_bytes: 1000 } });
  }

  /** From now on that place says so. */
  says(place: number | 'keyspace', said: Said): void {
    const role = place === 'keyspace' ? { role: place, slot: 0 } : { slot: place };
    const process = { startedAt: START, pid: pidOf(place), ...role };
    this.#says.set(String(place), report({ ...process, ...said } as Partial<ProcessReport>));
  }

  /** That place says nothing any more. */
  silence(place: number | 'keyspace'): void {
    this.#says.delete(String(place));
  }

  /** Seconds go by. */
  pass(seconds: number): void {
    for (let i = 0; i < seconds; i++) {
      this.hear(1000);
      this.recorder.record();
    }
  }

  /** All say what they have to say, after so many milliseconds. */
  hear(after: number): void {
    this.now += after;
    for (const said of this.#says.values()) {
      this.ledger.accept(said, this.now);
      this.recorder.accept(said);
    }
  }

  /** A process has died, and another takes its place. */
  crash(place: number | 'keyspace', reason: 'crash' | 'hang' = 'crash', pid = pidOf(place)): void {
    if (place === 'keyspace') this.ledger.retire(place, 0, pid);
    else this.ledger.retire('worker', place, pid);
    this.restarts.add(place, reason);
    this.recorder.restarted(String(place), reason);
  }

  status(since = 0): StatusDocument {
    return this.recorder.status(since);
  }

  get reasons(): string[] {
    return this.status().verdict.reasons.map(({ level, text }) => `${level}: ${text}`);
  }

  get events(): string[] {
    return this.status().events.map(({ level, text }) => `${level}: ${text}`);
  }
}

/** The process that is there from the start. */
const pidOf = (place: number | 'keyspace'): number => (place === 'keyspace' ? 200 : 100 + place);

/** Figures of a command whose calls all fell into the bucket with that upper bound, in seconds. */
export const callsIn = (bound: (typeof LATENCY_BUCKETS)[number], ok: number, error = 0) => ({
  ok,
  error,
  rejected: 0,
  microseconds: ok * 100,
  buckets: [...LATENCY_BUCKETS.map((upper) => (upper === bound ? ok + error : 0)), 0],
});
