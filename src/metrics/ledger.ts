import type { InterimReport, ProcessReport, ProcessRole } from './snapshot.ts';
import { figureIn, Totals, UNLABELLED } from './totals.ts';

/** The latest report of a process that lives. */
export interface LiveProcess {
  readonly report: ProcessReport;
  /** Unix milliseconds. */
  readonly receivedAt: number;
}

/** What tells a process from all others. */
export type ProcessIdentity = Pick<ProcessReport, 'role' | 'slot' | 'pid' | 'startedAt'>;

/** One place for a process, with all those that were ever there. */
interface Place {
  readonly role: ProcessRole;
  readonly slot: number;
  /** By identity, in the order they came: during a reload the old process and the new. */
  readonly live: Map<string, LiveProcess>;
  /** What processes have counted that are gone. */
  readonly retired: Totals;
}

/** So many of the dead are remembered one by one, in case one was only out of touch. */
const REMEMBERED = 64;

/**
 * The books of all processes. A total is what the dead of a place have last reported and what the living report now, so
 * it never falls, whoever dies or restarts. What the living counted before this ledger was opened does not belong in
 * it: after a restart of the supervisor all totals begin at 0 together.
 */
export class Ledger {
  readonly #openedAt: number;
  readonly #places = new Map<string, Place>();
  /** Last reports of the dead by identity, oldest first; they are in the totals of their place. */
  readonly #departed = new Map<string, ProcessReport>();

  /** @param openedAt start of the process that keeps these books, Unix milliseconds. */
  constructor(openedAt: number) {
    this.#openedAt = openedAt;
  }

  /** Takes the latest report of a process. @param now Unix milliseconds. */
  accept(report: ProcessReport, now: number): void {
    const { live, retired } = this.#place(report.role, report.slot);
    const identity = identityOf(report);
    if (!live.has(identity)) {
      // The system gives a pid again only when its process is gone.
      this.retire(report.role, report.slot, report.pid);
      const before = this.#departed.get(identity);
      if (before !== undefined) retired.add(before, -1);
      else if (report.startedAt < this.#openedAt) retired.add(report, -1);
      this.#departed.delete(identity);
    }
    live.set(identity, { report, receivedAt: now });
  }

  /** Takes what a process tells after its latest report. Unknown processes are passed over. */
  update(process: ProcessIdentity, { counters, gauges }: InterimReport): void {
    const live = this.#places.get(keyOf(process.role, process.slot))?.live;
    const known = live?.get(identityOf(process));
    if (known === undefined) return;
    const { report: before } = known;
    const report = {
      ...before,
      counters: { ...before.counters, ...counters },
      gauges: { ...before.gauges, ...gauges },
    };
    live?.set(identityOf(process), { ...known, report });
  }

  /** A process is gone: what it last reported stays counted. Unknown ones are passed over. */
  retire(role: ProcessRole, slot: number, pid: number): void {
    const place = this.#places.get(keyOf(role, slot));
    for (const [identity, { report }] of place?.live ?? []) {
      if (report.pid !== pid) continue;
      place?.live.delete(identity);
      place?.retired.add(report);
      this.#remember(identity, report);
    }
  }

  /** All that was counted in a place. */
  totals(role: ProcessRole, slot: number): Totals {
    const place = this.#places.get(keyOf(role, slot));
    const totals = new Totals();
    if (place === undefined) return totals;
    totals.merge(place.retired);
    for (const { report } of place.live.values()) totals.add(report);
    return totals;
  }

  /** What all processes of a role have counted of a family, or of one label of it. */
  counter(role: ProcessRole, family: string, label: string = UNLABELLED): number {
    let total = 0;
    for (const { live, retired } of this.#placesOf(role)) {
      total += retired.counter(family, label);
      for (const { report } of live.values()) total += figureIn(report.counters, family, label);
    }
    return total;
  }

  /** Those who live in a place, the latest to come last. */
  live(role: ProcessRole, slot: number): LiveProcess[] {
    return [...(this.#places.get(keyOf(role, slot))?.live.values() ?? [])];
  }

  /** Slots of that role from which anything was ever heard, ascending. */
  slots(role: ProcessRole): number[] {
    return this.#placesOf(role)
      .map(({ slot }) => slot)
      .sort((a, b) => a - b);
  }

  #placesOf(role: ProcessRole): Place[] {
    return [...this.#places.values()].filter((place) => place.role === role);
  }

  #place(role: ProcessRole, slot: number): Place {
    const key = keyOf(role, slot);
    const place = this.#places.get(key) ?? { role, slot, live: new Map(), retired: new Totals() };
    this.#places.set(key, place);
    return place;
  }

  #remember(identity: string, report: ProcessReport): void {
    this.#departed.set(identity, report);
    if (this.#departed.size <= REMEMBERED) return;
    const [oldest] = this.#departed.keys();
    if (oldest !== undefined) this.#departed.delete(oldest);
  }
}

const keyOf = (role: ProcessRole, slot: number): string => `${role} ${slot}`;

const identityOf = ({ role, slot, pid, startedAt }: ProcessIdentity): string =>
  `${keyOf(role, slot)} ${pid} ${startedAt}`;
