import type { Arena } from '../memory/arena.ts';
import { accessClock, setAccessClock } from './entry.ts';

/** New keys start here, so that they are not evicted before they had a chance (Redis's LFU_INIT_VAL). */
const LFU_INITIAL = 5;
const LRU_MASK = 0xffffff;
const MINUTES_MASK = 0xffff;

/**
 * Word 2 of every entry: under an LRU policy the second of the last access (24 bits), under an LFU policy the minute
 * of the last decrement (16 bits) and a logarithmic counter (8 bits).
 *
 * Source: "Using Redis as an LRU cache", https://redis.io/docs/latest/develop/reference/eviction/
 */
export class AccessClock {
  /** True under an LFU policy. */
  frequency = false;
  /** How slowly the counter rises (lfu-log-factor) and how many minutes cost it one (lfu-decay-time). */
  logFactor = 10;
  decayMinutes = 1;

  /** The time that was asked for last and its second: all commands of one read ask for the same. */
  #now = 0;
  #second = 0;
  readonly #arena: Arena;
  readonly #random: () => number;

  constructor(arena: Arena, random: () => number) {
    this.#arena = arena;
    this.#random = random;
  }

  /** The word of an entry made now. */
  initial(now: number): number {
    return this.frequency ? (minutes(now) << 8) | LFU_INITIAL : seconds(now);
  }

  /** Notes an access. */
  touch(entry: number, now: number): void {
    if (!this.frequency) {
      setAccessClock(this.#arena, entry, this.#secondOf(now));
      return;
    }
    const counter = this.#increment(this.counter(entry, now));
    setAccessClock(this.#arena, entry, (minutes(now) << 8) | counter);
  }

  /** Seconds since the last access; meaningful under an LRU policy. */
  idleSeconds(entry: number, now: number): number {
    return (seconds(now) - accessClock(this.#arena, entry)) & LRU_MASK;
  }

  /** The key is a new one, whatever it was before. */
  restart(entry: number, now: number): void {
    setAccessClock(this.#arena, entry, this.initial(now));
  }

  /** Lets the last access be so many seconds ago; without effect under an LFU policy. */
  setIdleSeconds(entry: number, idle: number, now: number): void {
    if (this.frequency) return;
    const second = Math.floor(seconds(now));
    // As Redis does it: what the 24 bits cannot tell is as long ago as they can tell.
    const at = idle > second ? (second + (LRU_MASK >>> 1)) % LRU_MASK : second - idle;
    setAccessClock(this.#arena, entry, at);
  }

  /** Sets the access counter (0 to 255); without effect but under an LFU policy. */
  setCounter(entry: number, counter: number, now: number): void {
    if (this.frequency) setAccessClock(this.#arena, entry, (minutes(now) << 8) | counter);
  }

  /** The access counter (0 to 255) after decay; meaningful under an LFU policy. */
  counter(entry: number, now: number): number {
    const word = accessClock(this.#arena, entry);
    const counter = word & 0xff;
    if (this.decayMinutes === 0) return counter;
    const elapsed = (minutes(now) - (word >>> 8)) & MINUTES_MASK;
    return Math.max(0, counter - Math.floor(elapsed / this.decayMinutes));
  }

  #secondOf(now: number): number {
    if (now !== this.#now) {
      this.#now = now;
      this.#second = seconds(now);
    }
    return this.#second;
  }

  #increment(counter: number): number {
    if (counter === 255) return 255;
    const base = Math.max(0, counter - LFU_INITIAL);
    return this.#random() < 1 / (base * this.logFactor + 1) ? counter + 1 : counter;
  }
}

const seconds = (now: number) => (now / 1000) & LRU_MASK;
const minutes = (now: number) => Math.floor(now / 60000) & MINUTES_MASK;
