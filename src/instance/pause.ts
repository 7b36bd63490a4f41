import { GATE_SUSPENDED, type Session } from './session.ts';

/** CLIENT PAUSE: until when which commands wait, and who waits. */
export class Pause {
  /** Unix milliseconds; 0 when nothing is paused. */
  until = 0;
  /** True if reads wait too. */
  all = false;
  /** Called when the pause begins, changes or is cancelled: whoever owns the timer ends it. */
  onChange: () => void = () => {};
  readonly #waiting = new Set<Session>();

  /** Begins or prolongs a pause; a pause of all commands is not weakened by one of writes. */
  begin(until: number, all: boolean): void {
    this.until = Math.max(this.until, until);
    this.all = this.all || all;
    this.onChange();
  }

  /** CLIENT UNPAUSE: those who wait go on when the running batch is over. */
  cancel(): void {
    this.until = 0;
    this.all = false;
    this.onChange();
  }

  /** A session has sent a command that must wait. */
  hold(session: Session): void {
    session.shut(GATE_SUSPENDED);
    this.#waiting.add(session);
  }

  forget(session: Session): void {
    this.#waiting.delete(session);
  }

  /** Ends the pause. @returns the sessions that waited, in the order they came; they may go on. */
  end(): Session[] {
    this.until = 0;
    this.all = false;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const session of waiting) session.open(GATE_SUSPENDED);
    return waiting;
  }
}
