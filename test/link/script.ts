import fc from 'fast-check';
import { encodeCommand } from '../rows/wire.ts';

/** A request as a client sends it, and the reply it must get; both latin1. What it says is about keys of that client only. */
export interface Exchange {
  readonly request: string;
  readonly reply: string;
}

/** A step of a client's script, before the client's state decides what it means. */
export type Step =
  | { readonly kind: 'ping' | 'incr' | 'get' | 'multi' | 'select' | 'unknown' | 'protocol' }
  | { readonly kind: 'set' | 'echo' | 'inline'; readonly size: number };

const size = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 60 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 5000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 60_000, max: 70_000 }) },
);

/** Any step; values are small mostly. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .constantFrom<Step['kind'] & ('ping' | 'incr' | 'get')>('ping', 'incr', 'get')
      .map((kind) => ({ kind })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<Step['kind'] & ('multi' | 'select' | 'unknown' | 'protocol')>(
        'multi',
        'select',
        'unknown',
        'protocol',
      )
      .map((kind) => ({ kind })),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('set', 'echo'), size }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('inline'), size: fc.nat(40) }) },
);

const bulk = (text: string) => `$${text.length}\r\n${text}\r\n`;
const command = (...argv: string[]) =>
  encodeCommand(argv.map((word) => Buffer.from(word, 'latin1'))).toString('latin1');

/** A client that says only what concerns itself: every byte of its replies tells whose it is. */
export class ScriptedClient {
  readonly #name: string;
  /** By database: the counter and the value. */
  readonly #data = new Map<number, { counter: number; value: string | undefined }>();
  #database = 0;
  #protocol: 2 | 3 = 2;
  #serial = 0;

  /** @param name a word that no other client has. */
  constructor(name: string) {
    this.#name = name;
  }

  /** What the client sends for a step, and what it must get. */
  exchange(it: Step): Exchange {
    switch (it.kind) {
      case 'ping':
        return this.#ping();
      case 'incr':
        return { request: command('INCR', this.#key('n')), reply: `:${++this.#own.counter}\r\n` };
      case 'get':
        return { request: command('GET', this.#key('v')), reply: this.#valueReply };
      case 'set':
        return this.#set(it.size);
      case 'echo':
        return this.#echo(it.size);
      case 'inline':
        return this.#inline(it.size);
      case 'multi':
        return this.#transaction();
      case 'select':
        this.#database = (this.#database + 5) % 16;
        return { request: command('SELECT', String(this.#database)), reply: '+OK\r\n' };
      case 'unknown':
        return {
          request: command('NOSUCH', this.#name),
          reply: `-ERR unknown command 'NOSUCH', with args beginning with: '${this.#name}' \r\n`,
        };
      case 'protocol':
        this.#protocol = this.#protocol === 2 ? 3 : 2;
        // HELLO's reply holds the session's number; CLIENT REPLY hides it.
        return {
          request: command('CLIENT', 'REPLY', 'SKIP') + command('HELLO', String(this.#protocol)),
          reply: '',
        };
    }
  }

  get #own(): { counter: number; value: string | undefined } {
    const own = this.#data.get(this.#database) ?? { counter: 0, value: undefined };
    this.#data.set(this.#database, own);
    return own;
  }

  get #valueReply(): string {
    const { value } = this.#own;
    if (value !== undefined) return bulk(value);
    return this.#protocol === 3 ? '_\r\n' : '$-1\r\n';
  }

  #key(kind: string): string {
    return `${this.#name}:${kind}`;
  }

  /** Bytes that tell whose they are and which ones. */
  #payload(length: number): string {
    const unit = `${this.#name}/${this.#serial++}\r\n\0\xff`;
    return unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
  }

  #ping(): Exchange {
    const text = `${this.#name}#${this.#serial++}`;
    return this.#serial % 3 === 0
      ? { request: 'ping\r\n', reply: '+PONG\r\n' }
      : { request: command('PING', text), reply: bulk(text) };
  }

  #set(length: number): Exchange {
    const value = this.#payload(length);
    this.#own.value = value;
    return { request: command('SET', this.#key('v'), value), reply: '+OK\r\n' };
  }

  #echo(length: number): Exchange {
    const text = this.#payload(length);
    return { request: command('ECHO', text), reply: bulk(text) };
  }

  #inline(length: number): Exchange {
    const text = this.#payload(length).replace(/[\r\n\0]/g, '_');
    return { request: `\r\n  ECHO "${text}"\n`, reply: bulk(text) };
  }

  #transaction(): Exchange {
    const counted = `:${++this.#own.counter}\r\n`;
    return {
      request:
        command('MULTI') + command('INCR', this.#key('n')) + command('GET', this.#key('v')) + command('EXEC'),
      reply: `+OK\r\n+QUEUED\r\n+QUEUED\r\n*2\r\n${counted}${this.#valueReply}`,
    };
  }
}
