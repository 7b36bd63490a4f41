import path from 'node:path';
import { type Answer, plain } from '../../src/http/answer.ts';
import { HttpServer } from '../../src/http/http-server.ts';
import { pageRoutes } from '../../src/page/routes.ts';
import type { StatusDocument } from '../../src/view/status-document.ts';
import { SILENT } from '../metrics/traffic.ts';
import { documentSince } from '../view/examples/document-since.ts';
import type { Scenario } from '../view/examples/scenario.ts';
import { type Simulation, simulatedStatus } from '../view/examples/simulated.ts';

export const DIST = path.resolve(import.meta.dirname, '../../dist');

/** Serves the page over documents that are made up. */
export class FakeServer {
  scenario: Scenario;
  commands: Simulation['commands'];
  version = '0.1.0';
  startedAt = Date.now() - 273_840_000;
  /** The queries that /status.json was asked with. */
  readonly asked: string[] = [];
  /** Instead of a document. */
  failure: Answer | undefined;
  #server: HttpServer | undefined;
  port = 0;

  constructor(scenario: Scenario = 'ok') {
    this.scenario = scenario;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  async start(): Promise<void> {
    const routes = {
      ...pageRoutes({ document: () => this.#document(), root: DIST }),
      '/status.json': ({ query }: { query: URLSearchParams }) => this.#answer(query),
      '/metrics': () => plain(200, ''),
    };
    this.#server = new HttpServer({ host: '127.0.0.1', port: this.port, routes, log: SILENT });
    this.port = await this.#server.start();
  }

  /** It can be started again, on the same port. */
  async stop(): Promise<void> {
    await this.#server?.stop();
    this.#server = undefined;
  }

  #answer(query: URLSearchParams): Answer {
    this.asked.push(query.toString());
    if (this.failure !== undefined) return this.failure;
    const document = documentSince(this.#document(), Number(query.get('since')));
    return { status: 200, type: 'application/json', body: JSON.stringify(document) };
  }

  #document(): StatusDocument {
    const { scenario, commands, startedAt, version } = this;
    return simulatedStatus({
      scenario,
      now: Date.now(),
      ...(commands === undefined ? {} : { commands }),
      startedAt,
      version,
    });
  }
}
