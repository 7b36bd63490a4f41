import { type KEYSPACE, RESTART_REASONS, type RestartReason } from './catalogue.ts';

/** How often processes were replaced, by slot and reason. */
export class RestartCounters {
  readonly #counts = new Map<string, Record<RestartReason, number>>();

  /** The process in that slot was replaced. */
  add(worker: number | typeof KEYSPACE, reason: RestartReason): void {
    const counts = this.of(String(worker));
    this.#counts.set(String(worker), { ...counts, [reason]: counts[reason] + 1 });
  }

  /** Counts of one slot, by its label. */
  of(worker: string): Readonly<Record<RestartReason, number>> {
    return this.#counts.get(worker) ?? NONE;
  }
}

const NONE = Object.fromEntries(RESTART_REASONS.map((reason) => [reason, 0])) as Record<
  RestartReason,
  number
>;
