import type { CommandFigures } from '../../src/metrics/counters.ts';
import type { Figures, ProcessReport } from '../../src/metrics/snapshot.ts';

type Made = Partial<ProcessReport> & { counters?: Figures };

/** A report of worker 0 that says only what is given. */
export function report(given: Made = {}): ProcessReport {
  return {
    role: 'worker',
    slot: 0,
    pid: 100,
    startedAt: 1_000_000,
    counters: {},
    gauges: {},
    histograms: {},
    commands: {},
    slowCalls: [],
    ...given,
  };
}

/** Figures of a command whose calls all took less than 10 µs. */
export function calls(ok: number, error = 0, rejected = 0): CommandFigures {
  return { ok, error, rejected, microseconds: ok * 5, buckets: [ok + error] };
}
