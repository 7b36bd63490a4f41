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
  note(happening: Happening, at: number): number {
    const { kind, about = '', count = 1 } = happening;
    const before = this.#entries.find((entry) => entry.kind === kind && entry.about === about);
    const same = before !== undefined && at - before.at < SAME_WITHIN ? before : undefined;
    return this.#put(same?.id ?? this.#nextId++, happening, count + (same?.count ?? 0), at);
  }

  /** An event has gone on to be something else. @param at Unix milliseconds. */
  amend(id: number, happening: Happening, at: number): void {
    this.#put(id, happening, happening.count ?? 1, at);
  }

  /** Newest first. */
  get newest(): StatusEvent[] {
    return this.#entries.map(({ id, at, level, kind, text }) => ({ id, at, level, kind, text }));
  }

  #put(id: number, { level, kind, about = '', say }: Happening, count: number, at: number): number {
    const entry = { id, at, level, kind, text: say(count), about, count };
    this.#entries = [entry, ...this.#entries.filter((other) => other.id !== id)].slice(0, KEPT);
    return id;
  }
}
