import { formatAge } from '../view/format.ts';
import { NoAnswer, type Status } from './status-client.ts';

/** An answer may take so many seconds before it is told that there is none; it is still waited for. */
export const PATIENCE = 2;

/** What came of asking once. */
export type Outcome = Status | Error;

/** Where the figures are shown. */
export interface Output {
  /** The history that is wanted begins after this moment; null for all of it. */
  readonly since: number | null;
  /**
   * Draws.
   * @param outcome what is new; null while an answer is awaited.
   * @param silence seconds since the last answer, or since the start.
   */
  show(outcome: Outcome | null, silence: number): void;
  /** Whether it is no use to go on if this is the first that comes of asking. */
  isHopeless(first: Outcome): boolean;
  /** Whether what was drawn could not be written, which the user has been told. */
  readonly hasFailed: boolean;
  /** @param isComplete all that was asked for is drawn; or else somebody has ended it, or it has failed. */
  close(isComplete: boolean): Promise<void>;
}

/** Why there are no figures, in one line. @param silence for how many seconds, if that is to be told */
export const faultText = (name: string, fault: Error | null, silence: number | null): string => {
  if (fault !== null && !(fault instanceof NoAnswer)) return fault.message;
  const since = silence === null ? '' : ` for ${formatAge(silence)}`;
  return `no answer from ${name}${since}${fault === null ? '' : `: ${fault.message}`}`;
};

/** Waits until a stream has passed on what was written to it, or has failed. */
export const flushed = (stream: NodeJS.WritableStream): Promise<void> =>
  new Promise((resolve) => {
    stream.write('', () => resolve());
  });
