import type { StatusDocument } from '../../view/status-document.ts';
import { RecentHistory } from './recent-history.ts';

const PERIOD = 1000;
/** An answer that takes so long is none. */
const PATIENCE = 2500;
/** An answer that takes so long is missed, which is looked at so often. */
const MISSED_AFTER = 1500;
const WATCH_PERIOD = 250;

/** Who is told what came of asking. */
export interface Listener {
  /** An answer has come, and the history has what is new in it. */
  onStatus(status: StatusDocument, recent: RecentHistory): void;
  /** There is no answer, and none for so many seconds. Told again and again as long as it is so. */
  onSilence(seconds: number): void;
}

/** Asks the server once a second while the page is looked at, and anew when it has waited in vain. */
export class Poller {
  readonly #listener: Listener;
  readonly #recent = new RecentHistory();
  #timer: number | undefined;
  #watch: number | undefined;
  /** When it was asked what it has not answered yet. All times are by the clock of performance.now(). */
  #askedAt: number | undefined;
  #failed = false;
  #heardAt = performance.now();

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  start(): void {
    document.addEventListener('visibilitychange', () => this.#look());
    this.#look();
  }

  /** Begins to look, or ends. What was not asked for meanwhile was not missed. */
  #look(): void {
    window.clearTimeout(this.#timer);
    window.clearInterval(this.#watch);
    if (document.hidden) return;
    this.#heardAt = performance.now();
    this.#watch = window.setInterval(() => this.#tellSilence(), WATCH_PERIOD);
    void this.#poll();
  }

  async #poll(): Promise<void> {
    if (this.#askedAt !== undefined) return;
    const begun = performance.now();
    this.#askedAt = begun;
    const { since } = this.#recent;
    const status = await ask(since);
    this.#askedAt = undefined;
    this.#failed = status === undefined;
    this.#next(begun + PERIOD);
    if (status === undefined) this.#tellSilence();
    else this.#heard(status, since === undefined);
  }

  #heard(status: StatusDocument, whole: boolean): void {
    this.#heardAt = performance.now();
    if (!this.#recent.add(status, whole)) this.#next(performance.now());
    this.#listener.onStatus(status, this.#recent);
  }

  #tellSilence(): void {
    const now = performance.now();
    const isMissed = this.#askedAt !== undefined && now - this.#askedAt > MISSED_AFTER;
    if (this.#failed || isMissed) this.#listener.onSilence((now - this.#heardAt) / 1000);
  }

  #next(at: number): void {
    window.clearTimeout(this.#timer);
    if (document.hidden) return;
    this.#timer = window.setTimeout(() => void this.#poll(), Math.max(0, at - performance.now()));
  }
}

const ask = async (since: number | undefined): Promise<StatusDocument | undefined> => {
  try {
    const url = since === undefined ? '/status.json' : `/status.json?since=${since}`;
    const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) });
    return answer.ok ? ((await answer.json()) as StatusDocument) : undefined;
  } catch {
    return undefined;
  }
};
