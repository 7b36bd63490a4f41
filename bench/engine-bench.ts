import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Housekeeping } from '../src/instance/housekeeping.ts';
import type { Session } from '../src/instance/session.ts';
import type { RequestParser } from '../src/resp/request-parser.ts';
import type { Engine } from '../src/server/engine.ts';
import { BenchError } from './bench-error.ts';

const REQUEST = 1;

/** The data and the commands of a build, with one client and no sockets. */
export class EngineBench {
  readonly housekeeping: Housekeeping;
  readonly #engine: Engine;
  readonly #session: Session;
  readonly #parser: RequestParser;

  private constructor(engine: Engine, session: Session, parser: RequestParser, housekeeping: Housekeeping) {
    this.#engine = engine;
    this.#session = session;
    this.#parser = parser;
    this.housekeeping = housekeeping;
  }

  /** @param dist folder of the build: what is compiled for users is measured, not the sources as tsx sees them. */
  static async load(dist: string): Promise<EngineBench> {
    const load = (file: string) => import(pathToFileURL(path.join(dist, file)).href);
    const config: typeof import('../src/config/config.ts') = await load('config/config.js');
    const live: typeof import('../src/config/live.ts') = await load('config/live.js');
    const log: typeof import('../src/log.ts') = await load('log.js');
    const server: typeof import('../src/server/engine.ts') = await load('server/engine.js');
    const parser: typeof import('../src/resp/request-parser.ts') = await load('resp/request-parser.js');
    const work: typeof import('../src/instance/housekeeping.ts') = await load('instance/housekeeping.js');
    const values = config.configFrom({ logLevel: 'silent' });
    const engine = new server.Engine({
      settings: new live.Settings(values),
      log: log.createLogger(values, { role: 'bench' }),
      shutdown: () => {},
    });
    const outlet = { facts: { queryBuffer: 0, outputBuffer: 0 }, push() {}, close() {} };
    const session = engine.open('127.0.0.1:1', '127.0.0.1:2', outlet);
    if (session instanceof server.Refusal) throw new BenchError(session.text);
    const housekeeping = new work.Housekeeping(engine.instance);
    return new EngineBench(engine, session, new parser.RequestParser(), housekeeping);
  }

  /** Keys in the first database. */
  get keys(): number {
    return this.#engine.instance.keyspace.databases[0]?.keys.count ?? 0;
  }

  /** Flushed keys whose memory is still to be freed. */
  get toBeFreed(): number {
    return this.#engine.instance.keyspace.lazyFree.pending;
  }

  /** Runs whole requests as one read of a client. @returns the number of bytes answered. */
  run(bytes: Buffer): number {
    const engine = this.#engine;
    const parser = this.#parser;
    engine.begin();
    engine.beginSession(this.#session);
    parser.reset(0);
    while (parser.parse(bytes, bytes.length) === REQUEST) {
      engine.execute(this.#session, parser);
      parser.reset(parser.end);
    }
    engine.end();
    const { length } = engine.reply;
    engine.reply.clear();
    return length;
  }

  /** What a request is answered, as latin1. */
  answer(bytes: Buffer): string {
    const engine = this.#engine;
    const parser = this.#parser;
    engine.begin();
    engine.beginSession(this.#session);
    parser.reset(0);
    if (parser.parse(bytes, bytes.length) === REQUEST) engine.execute(this.#session, parser);
    engine.end();
    return engine.reply.take().toString('latin1');
  }

  stop(): void {
    this.housekeeping.stop();
    this.#engine.stop();
  }
}
