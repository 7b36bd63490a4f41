const HISTORY_LENGTH = 160;

/** One spike: Unix seconds and milliseconds. */
export interface LatencySample {
  readonly at: number;
  readonly milliseconds: number;
}

/** The spikes of one kind of event, oldest first. */
export interface LatencyEvent {
  readonly samples: LatencySample[];
  max: number;
}

/** Spikes above latency-monitor-threshold by event name (`command`, `fast-command`, `expire-cycle` …). */
export class LatencyMonitor {
  readonly events = new Map<string, LatencyEvent>();

  /** Notes that `event` took `milliseconds`; within one second only the worst is kept. */
  add(event: string, now: number, milliseconds: number): void {
    let found = this.events.get(event);
    if (found === undefined) {
      found = { samples: [], max: 0 };
      this.events.set(event, found);
    }
    const at = Math.floor(now / 1000);
    found.max = Math.max(found.max, milliseconds);
    const last = found.samples.at(-1);
    if (last?.at === at) {
      if (last.milliseconds < milliseconds) found.samples[found.samples.length - 1] = { at, milliseconds };
      return;
    }
    found.samples.push({ at, milliseconds });
    if (found.samples.length > HISTORY_LENGTH) found.samples.shift();
  }

  /** Forgets the named events, or all. @returns how many there were. */
  reset(names: readonly string[]): number {
    if (names.length === 0) {
      const count = this.events.size;
      this.events.clear();
      return count;
    }
    return names.filter((name) => this.events.delete(name)).length;
  }
}
