import { applyEvictionSettings, evict, isOverLimit } from '../keyspace/eviction.ts';
import { ExpiryCycle } from '../keyspace/expiry-cycle.ts';
import { FieldExpiry } from '../keyspace/hash/field-expiry.ts';
import type { Instance } from './instance.ts';

/** Longest time that background work takes between two looks at the clients, in milliseconds. */
const TURN = 1;
/** Share of all time that the expiry cycle may take. */
const EXPIRY_SHARE = 0.25;
/** Milliseconds between two readings of the figures that rates and peaks come from. */
const SAMPLE_INTERVAL = 100;

/**
 * The work that no client waits for: expired keys are deleted, flushed memory is freed, keys are evicted where commands
 * could not keep up. It is done in short turns between the clients' batches, hz times a second, and turn after turn as
 * long as there is much to do.
 */
export class Housekeeping {
  readonly #instance: Instance;
  readonly #now: () => number;
  readonly #expiry: ExpiryCycle;
  readonly #fieldExpiry: FieldExpiry;
  /** Milliseconds that expiry may still take in this round. */
  #expiryBudget = 0;
  #sampledAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;

  /**
   * From now on the keyspace follows the settings of eviction.
   * @param now monotonic milliseconds, by which turns are bounded.
   */
  constructor(instance: Instance, now: () => number = () => performance.now()) {
    this.#instance = instance;
    this.#now = now;
    this.#expiry = new ExpiryCycle(instance.keyspace);
    this.#fieldExpiry = new FieldExpiry(instance.keyspace);
    const { settings, keyspace } = instance;
    const apply = () => applyEvictionSettings(keyspace, settings.values);
    for (const name of ['maxmemory-policy', 'lfu-log-factor', 'lfu-decay-time'] as const) {
      settings.onChange(name, apply);
    }
    apply();
  }

  /** Begins to work in the background. The timer keeps no process alive. */
  start(): void {
    this.stop();
    this.#timer = setTimeout(() => this.#round(), 1000 / this.#instance.settings.values.hz).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
    this.#immediate = undefined;
  }

  /** Begins a round of work, to be done by {@link turn}: there are hz of them a second. */
  begin(): void {
    const interval = 1000 / this.#instance.settings.values.hz;
    this.#expiryBudget = interval * EXPIRY_SHARE;
    this.#expiry.begin();
    const { arena, lazyFree } = this.#instance.keyspace;
    if (lazyFree.pending === 0) arena.trim();
    // A timer may be early by a fraction of its time.
    if (this.#now() - this.#sampledAt < SAMPLE_INTERVAL - interval / 2) return;
    this.#sampledAt = this.#now();
    this.#instance.keyspace.tick();
    this.#instance.sample();
  }

  /**
   * Works until about `deadline`, by the clock passed in.
   * @returns true if there is more to be done in this round.
   */
  turn(deadline: number): boolean {
    const { keyspace, pause } = this.#instance;
    keyspace.tick();
    const mayChangeData = pause.until <= keyspace.now;
    const expiring = mayChangeData && this.#expire(deadline);
    const evicting = mayChangeData && this.#evict(deadline);
    const freeing = keyspace.lazyFree.run(this.#now, deadline);
    return expiring || evicting || freeing;
  }

  #round(): void {
    const working = this.#immediate;
    this.#timer = setTimeout(() => this.#round(), 1000 / this.#instance.settings.values.hz).unref();
    this.begin();
    if (working === undefined) this.#work();
  }

  #work(): void {
    this.#immediate = undefined;
    if (this.turn(this.#now() + TURN)) this.#immediate = setImmediate(() => this.#work());
  }

  #expire(deadline: number): boolean {
    if (!this.#instance.activeExpiry || this.#expiryBudget <= 0) return false;
    const startedAt = this.#now();
    const end = Math.min(deadline, startedAt + this.#expiryBudget);
    const fieldsLeft = this.#fieldExpiry.run(this.#now, end);
    const keysLeft = this.#expiry.run(this.#now, end);
    const took = this.#now() - startedAt;
    this.#expiryBudget -= took;
    this.#instance.keyspace.statistics.expiryMilliseconds += took;
    this.#noteLatency('expire-cycle', took);
    return (fieldsLeft || keysLeft) && this.#expiryBudget > 0;
  }

  #evict(deadline: number): boolean {
    const { keyspace, settings } = this.#instance;
    if (!isOverLimit(keyspace, settings.values)) return false;
    const startedAt = this.#now();
    let possible = true;
    while (possible && isOverLimit(keyspace, settings.values)) {
      possible = evict(keyspace, settings.values);
      if (this.#now() >= deadline) break;
    }
    this.#noteLatency('eviction-cycle', this.#now() - startedAt);
    return possible && isOverLimit(keyspace, settings.values);
  }

  #noteLatency(event: string, milliseconds: number): void {
    const { latencyMonitorThreshold } = this.#instance.settings.values;
    if (latencyMonitorThreshold <= 0 || milliseconds < latencyMonitorThreshold) return;
    this.#instance.latency.add(event, this.#instance.keyspace.now, Math.floor(milliseconds));
  }
}
