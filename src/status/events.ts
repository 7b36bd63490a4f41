import type { EventKind, Level, StatusEvent } from '../view/status-document.ts';

/** So many are kept. */
const KEPT = 50;
/** What happens again within so many milliseconds is the same event, only more of it. */
const SAME_WITHIN = 60_000;

/** Something that has happened `count` times. */
export interface Happening {
  readonly level: Level;
  readonly kind: EventKind;
  /** What tells it apart from others of its kind, such as the reason. */
  readonly about?: string;
  readonly count?: number;
  /** Says it for all that happened together. */
  readonly say: (count: number) => string;
}

interface Entry extends StatusEvent {
  readonly about: string;
  readonly count: number;
}

/** What has happened of late. */
export class Events {
  #entries: Entry[] = [];
  #nextId = 1;

  /** Notes something. @param at Unix milliseconds. @returns the id of its event. */
  note({ level, kind, about = '', count = 1, say }: Happening, at: number): number {
    const before = this.#entries.find((entry) => entry.kind === kind && entry.about === about);
    const same = before !== undefined && at - before.at < SAME_WITHIN ? before : undefined;
    const id = same?.id ?? this.#nextId++;
    const total = count + (same?.count ?? 0);
    this.#putOnTop({ id, at, level, kind, text: say(total), about, count: total });
    return id;
  }

  /** There is more to say of an event. @param at Unix milliseconds. */
  amend(id: number, say: Happening['say'], at: number): void {
    const entry = this.#entries.find((one) => one.id === id);
    if (entry !== undefined) this.#putOnTop({ ...entry, at, text: say(entry.count) });
  }

  /** Another event says it now. */
  remove(id: number): void {
    this.#entries = this.#entries.filter((entry) => entry.id !== id);
  }

  /** Newest first. */
  get newest(): StatusEvent[] {
    return this.#entries.map(({ id, at, level, kind, text }) => ({ id, at, level, kind, text }));
  }

  #putOnTop(entry: Entry): void {
    this.#entries = [entry, ...this.#entries.filter(({ id }) => id !== entry.id)].slice(0, KEPT);
  }
}
