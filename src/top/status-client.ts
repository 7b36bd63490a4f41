import type { StatusDocument } from '../view/status-document.ts';
import { type StatusView, viewOf } from '../view/status-view.ts';
import { cleanText } from './clean-text.ts';
import { nameOf } from './target.ts';

/** So long an answer may take, in milliseconds, and so many bytes it may have: 15 minutes of 64 workers are 1 MB. */
const TIMEOUT = 5000;
const MAX_BYTES = 16 * 1024 * 1024;
const MAX_TEXT = 200;

/** There is no answer now, but there may be one later; the message says why in one line. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** What answers is no instance that can be looked at; the message is one line for the user. */
export class NoStatus extends Error {
  override readonly name = 'NoStatus';
}

/** A document and what is shown of it. */
export interface Status {
  readonly document: StatusDocument;
  readonly view: StatusView;
}

/** Reads the status document of an instance. All text in it is fit for a terminal. */
export class StatusClient {
  readonly #target: URL;
  readonly #name: string;
  readonly #timeout: number;

  /** @param timeout how long an answer may take, in milliseconds. */
  constructor(target: URL, timeout = TIMEOUT) {
    this.#target = target;
    this.#name = nameOf(target);
    this.#timeout = timeout;
  }

  /**
   * Asks once.
   * @param since the history begins after this moment; null for all of it.
   * @throws NoAnswer, NoStatus
   */
  async read(since: number | null): Promise<Status> {
    const url = new URL('status.json', this.#target);
    if (since !== null) url.searchParams.set('since', String(since));
    const [response, text] = await this.#get(url);
    if (!response.ok) throw this.#refusal(response.status, text);
    return this.#statusOf(text, response.headers.get('content-type') ?? '');
  }

  async #get(url: URL): Promise<[response: Response, text: string]> {
    try {
      const response = await fetch(url, {
        signal: AbortSignal.timeout(this.#timeout),
        headers: { Accept: 'application/json' },
      });
      return [response, await textOf(response)];
    } catch (error) {
      if (error instanceof NoAnswer) throw error;
      if (error instanceof Error && error.name === 'TimeoutError') {
        throw new NoAnswer(`it took longer than ${this.#timeout / 1000} s`);
      }
      const root = rootOf(error);
      if ('code' in root && String(root.code).startsWith('HPE_')) {
        throw new NoStatus(`${this.#name} does not speak HTTP; it must be the metrics port`);
      }
      if ('code' in root && /^(ERR_SSL_|EPROTO$)/.test(String(root.code))) {
        throw new NoStatus(`no TLS with ${this.#name} (${root.code}); corespond itself is asked by http://`);
      }
      throw new NoAnswer(cleanText(root.message));
    }
  }

  #refusal(status: number, text: string): Error {
    const [line = ''] = text.trim().split('\n', 1);
    const said = /^[^<{]/.test(line) ? `: ${cleanText(line).slice(0, MAX_TEXT)}` : '';
    if (status >= 500) return new NoAnswer(`it says ${status}${said}`);
    if (status === 404) return new NoStatus(`${this.#name} is no corespond: it has no status.json (404)`);
    return new NoStatus(`${this.#name} refuses (${status})${said}`);
  }

  #statusOf(text: string, type: string): Status {
    let document: StatusDocument;
    try {
      // What is not text is not printed as it is, and names of properties are not printed.
      document = JSON.parse(text, (_, value) => (typeof value === 'string' ? cleanText(value) : value));
    } catch {
      const what = type === '' ? 'something else' : cleanText(type).slice(0, MAX_TEXT);
      throw new NoStatus(`${this.#name} is no corespond: its status.json is ${what}`);
    }
    try {
      checkHistory(document);
      const view = viewOf(document);
      checkTexts(document, view);
      return { document, view };
    } catch {
      throw new NoStatus(`${this.#name} is no corespond: its status.json is something else`);
    }
  }
}

/** The history is the one part that the view does not read. */
const checkHistory = ({ now, history }: StatusDocument): void => {
  const series = [history.times, history.p99, ...Object.values(history.commandsPerSecond)];
  const isSound = (one: unknown): boolean =>
    Array.isArray(one) && one.every((value) => value === null || typeof value === 'number');
  if (Number.isNaN(new Date(now).getTime()) || typeof history.interval !== 'number' || !series.every(isSound))
    throw new TypeError('not a history');
};

/** What the view takes over as it is. Numbers that are none it could not have made into texts. */
const checkTexts = (
  { server, verdict, processes, events }: StatusDocument,
  { headline }: StatusView,
): void => {
  const texts: unknown[] = [
    headline,
    server.version,
    server.nodeVersion,
    ...verdict.reasons.map(({ text }) => text),
    ...processes.map(({ worker }) => worker),
    ...events.map(({ text }) => text),
  ];
  if (!texts.every((text) => typeof text === 'string')) throw new TypeError('not a text');
};

const textOf = async (response: Response): Promise<string> => {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > MAX_BYTES) throw new NoAnswer('it sends more than any status document has');
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
};

/** The error below those in which `fetch` wraps it; of several addresses that were tried, the first. */
const rootOf = (error: unknown): Error => {
  if (error instanceof AggregateError && error.errors.length > 0) return rootOf(error.errors[0]);
  if (error instanceof Error && error.cause instanceof Error) return rootOf(error.cause);
  return error instanceof Error ? error : new Error(String(error));
};
