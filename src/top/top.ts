import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadStream, WriteStream } from 'node:tty';
import type { TopLine } from '../config/command-line.ts';
import type { Config } from '../config/config.ts';
import { faultText, type Outcome, type Output, PATIENCE } from './output.ts';
import { PlainOutput } from './plain-output.ts';
import { ScreenOutput } from './screen-output.ts';
import { StatusClient } from './status-client.ts';
import { nameOf, targetOf } from './target.ts';

/** Where it runs. */
export interface Surroundings {
  readonly config: Pick<Config, 'metricsHost' | 'metricsPort'>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  readonly stderr: NodeJS.WritableStream;
}

/**
 * Shows the figures of an instance, on a terminal or as text, until somebody ends it.
 * @returns the exit code.
 * @throws ConfigError if there is no such address.
 */
export const runTop = async (request: TopLine, surroundings: Surroundings): Promise<number> => {
  const { config, env, stdin, stdout, stderr } = surroundings;
  const target = targetOf(request.address, config);
  const name = nameOf(target);
  const end = new AbortController();
  const onEnd = (): void => end.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onEnd);
  const output =
    stdout.isTTY && env.TERM !== 'dumb'
      ? new ScreenOutput({ name, stdin, stdout, hasColours: !env.NO_COLOR, onEnd })
      : new PlainOutput({ name, stdout, stderr, onEnd });
  const loop = new Loop(new StatusClient(target), output, request, end.signal);
  let ending: Ending = 'failed';
  try {
    ending = await loop.run();
  } finally {
    await output.close(ending === 'complete');
  }
  if (ending === 'hopeless') stderr.write(`corespond: ${faultText(name, loop.fault, null)}\n`);
  const isWell = ending === 'ended' || (ending === 'complete' && loop.fault === null);
  return isWell && !output.hasFailed ? 0 : 1;
};

/** `ended` by somebody; `complete` after the drawings that were asked for. */
type Ending = 'ended' | 'complete' | 'hopeless' | 'failed';

/** Asks and draws, once in an interval. An answer that is late is waited for, but the drawing goes on. */
class Loop {
  readonly #client: StatusClient;
  readonly #output: Output;
  readonly #count: number;
  /** In milliseconds. */
  readonly #interval: number;
  readonly #end: AbortSignal;
  #lastAnswerAt = performance.now();
  #askedAt = 0;
  /** Settles when there is an outcome; null if nothing is asked at present. */
  #asked: Promise<void> | null = null;
  /** What has come and is not shown yet. */
  #outcome: Outcome | null = null;
  /** Why there was no answer last time; null if there was one. */
  fault: Error | null = null;

  constructor(client: StatusClient, output: Output, { count, interval }: TopLine, end: AbortSignal) {
    this.#client = client;
    this.#output = output;
    this.#count = count ?? Number.POSITIVE_INFINITY;
    this.#interval = interval * 1000;
    this.#end = end;
  }

  async run(): Promise<Ending> {
    let next = performance.now();
    for (let answered = 0; ; ) {
      // Where this process was stopped for a while, what was missed is not made up for.
      next = Math.max(next + this.#interval, performance.now());
      const tick = this.#until(next);
      let outcome: Outcome | null;
      do {
        outcome = await this.#outcomeBy(next);
        if (this.#end.aborted) return 'ended';
        if (outcome !== null && answered++ === 0 && this.#output.isHopeless(outcome)) return 'hopeless';
        this.#output.show(outcome, (performance.now() - this.#lastAnswerAt) / 1000);
        if (answered >= this.#count) return 'complete';
      } while (outcome === null && performance.now() < next);
      await tick;
      if (this.#end.aborted) return 'ended';
    }
  }

  /** What has come by that moment, or by that at which patience ends; null if nothing has. */
  async #outcomeBy(moment: number): Promise<Outcome | null> {
    this.#asked ??= this.#ask();
    const impatience = this.#askedAt + PATIENCE * 1000;
    const last = impatience > performance.now() ? Math.min(moment, impatience) : moment;
    await Promise.race([this.#asked, this.#until(last)]);
    const outcome = this.#outcome;
    this.#outcome = null;
    return outcome;
  }

  async #ask(): Promise<void> {
    this.#askedAt = performance.now();
    try {
      this.#outcome = await this.#client.read(this.#output.since);
      this.fault = null;
      this.#lastAnswerAt = performance.now();
    } catch (error) {
      this.fault = error instanceof Error ? error : new Error(String(error));
      this.#outcome = this.fault;
    }
    this.#asked = null;
  }

  /** Waits for a moment, or for the end. */
  async #until(moment: number): Promise<void> {
    const signal = this.#end;
    await sleep(Math.max(0, moment - performance.now()), undefined, { signal }).catch(() => {});
  }
}
