import { readFileSync } from 'node:fs';
import {
  type EventLoopUtilization,
  type PerformanceEntry,
  PerformanceObserver,
  performance,
} from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import { Histogram } from './counters.ts';
import { inMicroseconds } from './microseconds.ts';
import type { ProcessFigures } from './snapshot.ts';

/** Upper bounds of the buckets for the lateness of the event loop, in seconds. */
export const LOOP_DELAY_BUCKETS = [
  1e-3, 2.5e-3, 5e-3, 1e-2, 2.5e-2, 5e-2, 0.1, 0.25, 0.5, 1, 2.5, 5,
] as const;

/** Kinds of garbage collection, as the metrics call them, by the number that V8 gives them. */
const GC_KINDS: Readonly<Record<number, string>> = { 1: 'minor', 4: 'major', 8: 'incremental', 16: 'weakcb' };

/** How often the lateness of the event loop is measured, in milliseconds. */
const TIMER = 100;

export interface ProbeOptions {
  /** Monotonic milliseconds. */
  readonly now?: () => number;
  /** Time that the event loop has been busy and idle, in milliseconds. */
  readonly utilization?: () => Pick<EventLoopUtilization, 'active' | 'idle'>;
  /** The kernel's account of this process. */
  readonly statusFile?: string;
}

/** What a process measures of itself: event loop, heap, garbage collection, memory, CPU. */
export class ProcessProbe {
  readonly #now: () => number;
  readonly #utilization: () => Pick<EventLoopUtilization, 'active' | 'idle'>;
  readonly #statusFile: string;
  readonly #delay = new Histogram(LOOP_DELAY_BUCKETS.map(inMicroseconds));
  /** Milliseconds by kind. */
  readonly #gcPauses: Record<string, number> = { minor: 0, major: 0, incremental: 0, weakcb: 0 };
  #observer: PerformanceObserver | undefined;
  #timer: NodeJS.Timeout | undefined;
  #lastTick = 0;

  constructor({ now, utilization, statusFile }: ProbeOptions = {}) {
    this.#now = now ?? (() => performance.now());
    this.#utilization = utilization ?? (() => performance.eventLoopUtilization());
    this.#statusFile = statusFile ?? '/proc/self/status';
  }

  /** Begins to measure; nothing of it keeps the process alive. */
  start(): void {
    this.stop();
    this.#observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) this.noteCollection(kindOf(entry), entry.duration);
    });
    this.#observer.observe({ entryTypes: ['gc'] });
    this.#lastTick = this.#now();
    this.#timer = setInterval(() => this.tick(), TIMER).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#observer?.disconnect();
    this.#observer = undefined;
  }

  /** The timer of 100 ms has fired: what is over has been spent waiting for the event loop. */
  tick(): void {
    const now = this.#now();
    this.#delay.observe(Math.max(0, now - this.#lastTick - TIMER) * 1000);
    this.#lastTick = now;
  }

  /** Counts a pause for garbage collection. @param kind V8's number. */
  noteCollection(kind: number, milliseconds: number): void {
    const name = GC_KINDS[kind];
    if (name !== undefined) this.#gcPauses[name]! += milliseconds;
  }

  figures(): ProcessFigures {
    const { active, idle } = this.#utilization();
    const { user, system } = process.cpuUsage();
    const { minor = 0, major = 0, incremental = 0, weakcb = 0 } = this.#gcPauses;
    const heap = getHeapStatistics();
    return {
      pid: process.pid,
      startedAt: Math.round(performance.timeOrigin),
      counters: {
        eventloop_seconds_total: { active: micros(active), idle: micros(idle) },
        cpu_seconds_total: { user, system },
        gc_pause_seconds_total: {
          minor: micros(minor),
          major: micros(major),
          incremental: micros(incremental),
          weakcb: micros(weakcb),
        },
      },
      gauges: {
        heap_used_bytes: heap.used_heap_size,
        heap_limit_bytes: heap.heap_size_limit,
        memory_anon_bytes: anonymousMemory(this.#statusFile),
      },
      histograms: { eventloop_delay_seconds: this.#delay.figures() },
    };
  }
}

const micros = (milliseconds: number): number => Math.round(milliseconds * 1000);

/** The kind of a collection; the types of Node do not know that such entries have a `detail`. */
const kindOf = (entry: PerformanceEntry): number => {
  const detail: unknown = 'detail' in entry ? entry.detail : undefined;
  return typeof detail === 'object' && detail !== null && 'kind' in detail ? Number(detail.kind) : 0;
};

/** Private resident memory in bytes; where the kernel does not tell it apart, all resident memory. */
const anonymousMemory = (statusFile: string): number => {
  try {
    const kilobytes = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(statusFile, 'latin1'))?.[1];
    if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  } catch {
    // No such file on this system.
  }
  return process.memoryUsage.rss();
};
