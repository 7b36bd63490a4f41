import type { Answer } from '../../src/http/answer.ts';
import { HttpServer } from '../../src/http/http-server.ts';
import type { StatusDocument } from '../../src/view/status-document.ts';
import { SILENT } from '../metrics/traffic.ts';
import type { Scope } from '../process/server-process.ts';
import { documentSince } from '../view/examples/document-since.ts';
import { WELL } from '../view/examples/fixed.ts';

/** An HTTP server that answers /status.json with what the test wants. */
export class FakeInstance {
  /** What it answers: a document, or anything else. */
  answer: StatusDocument | Answer = WELL;
  /** What it waits for before it answers. */
  delay: Promise<unknown> = Promise.resolve();
  /** The `since` of all requests, null where there was none. */
  readonly asked: Array<string | null> = [];
  #server: HttpServer | null = null;
  port = 0;

  static async start(scope: Scope, answer: StatusDocument | Answer = WELL): Promise<FakeInstance> {
    const fake = new FakeInstance();
    fake.answer = answer;
    scope.after(() => fake.stop());
    await fake.start();
    return fake;
  }

  /** Listens, on the port that it had before if it had one. */
  async start(): Promise<void> {
    const routes = { '/status.json': ({ query }: { query: URLSearchParams }) => this.#reply(query) };
    this.#server = new HttpServer({ host: '127.0.0.1', port: this.port, routes, log: SILENT });
    this.port = await this.#server.start();
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
    this.#server = null;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async #reply(query: URLSearchParams): Promise<Answer> {
    const from = query.get('since');
    this.asked.push(from);
    await this.delay;
    if ('body' in this.answer) return this.answer;
    const document = documentSince(this.answer, Number(from));
    return { status: 200, type: 'application/json', body: JSON.stringify(document) };
  }
}
