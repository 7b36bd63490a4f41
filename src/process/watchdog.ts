/** How often it looks, in milliseconds. */
const INTERVAL = 250;

/** Somebody who should be heard from time to time. */
export interface Watched {
  /** Milliseconds of the watchdog's clock. */
  lastHeard: number;
}

export interface WatchdogOptions<Member extends Watched> {
  /** Silence that is too long, in milliseconds; 0 for never. */
  readonly limit: number;
  readonly now: () => number;
  readonly watched: () => Iterable<Member>;
  readonly onSilent: (member: Member) => void;
}

/** Notices who has fallen silent. */
export class Watchdog<Member extends Watched> {
  readonly #options: WatchdogOptions<Member>;
  #timer: NodeJS.Timeout | undefined;
  #lastLook = 0;

  constructor(options: WatchdogOptions<Member>) {
    this.#options = options;
  }

  start(): void {
    this.stop();
    if (this.#options.limit === 0) return;
    this.#lastLook = this.#options.now();
    this.#timer = setInterval(() => this.look(), INTERVAL);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Who was itself stopped or busy for long cannot say that the others were silent: they get another chance. */
  look(): void {
    const { limit, now, watched, onSilent } = this.#options;
    const time = now();
    const awake = time - this.#lastLook < limit / 2 + INTERVAL;
    this.#lastLook = time;
    for (const member of watched()) {
      if (!awake) member.lastHeard = time;
      else if (time - member.lastHeard >= limit) onSilent(member);
    }
  }
}
