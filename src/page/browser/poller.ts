import type { StatusDocument } from '../../view/status-document.ts';
import { RecentHistory } from './recent-history.ts';

const PERIOD = 1000;
/** An answer that takes so long is none. */
const PATIENCE = 2500;

/** Who is told what came of asking. */
export interface Listener {
  /** An answer has come, and the history has what is new in it. */
  onStatus(status: StatusDocument, recent: RecentHistory): void;
  /** There was no answer, and none for so many seconds. */
  onSilence(seconds: number): void;
}

/** Asks the server once a second while the page is looked at. */
export class Poller {
  readonly #listener: Listener;
  readonly #recent = new RecentHistory();
  #timer: number | undefined;
  #asking = false;
  /** By the clock of performance.now(). */
  #heardAt = performance.now();

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  start(): void {
    document.addEventListener('visibilitychange', () => {
      window.clearTimeout(this.#timer);
      if (!document.hidden) void this.#poll();
    });
    void this.#poll();
  }

  async #poll(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    const begun = performance.now();
    const { since } = this.#recent;
    const status = await ask(since);
    this.#asking = false;
    this.#next(begun + PERIOD);
    if (status === undefined) this.#listener.onSilence((performance.now() - this.#heardAt) / 1000);
    else this.#heard(status, since === undefined);
  }

  #heard(status: StatusDocument, whole: boolean): void {
    this.#heardAt = performance.now();
    if (!this.#recent.add(status, whole)) this.#next(performance.now());
    this.#listener.onStatus(status, this.#recent);
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
