import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Logger } from '../log.ts';
import { bindAddress } from '../net/bind-address.ts';
import { isTrustedHost } from './host-check.ts';

/** A request must be complete after so many milliseconds, and an idle connection is closed after as many. */
const REQUEST_TIMEOUT = 5000;
/** So many bytes of header lines are more than any scraper sends. */
const MAX_HEADER = 8 * 1024;
const MAX_CONNECTIONS = 64;

const SECURITY_HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
} as const;

const PLAIN = 'text/plain; charset=utf-8';

export interface MetricsServerOptions {
  /** An address or a name; `*` is every IPv4 address, `::*` every IPv6 one. */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly exporter: { readonly contentType: string; render(): Promise<string> };
  /** Why clients cannot be served now, one line each; empty if they can. */
  readonly problems: () => readonly string[];
  readonly log: Logger;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** Shows metrics and health over HTTP. It answers from memory, so a process that hangs cannot make it wait. */
export class MetricsServer {
  readonly #options: MetricsServerOptions;
  readonly #server: Server;
  readonly #routes: ReadonlyMap<string, () => Promise<Answer> | Answer>;

  constructor(options: MetricsServerOptions) {
    this.#options = options;
    this.#routes = new Map<string, () => Promise<Answer> | Answer>([
      ['/metrics', () => this.#metrics()],
      ['/healthz', () => plain(200, 'ok')],
      ['/readyz', () => this.#readiness()],
    ]);
    const limits = {
      requestTimeout: REQUEST_TIMEOUT,
      headersTimeout: REQUEST_TIMEOUT,
      keepAliveTimeout: REQUEST_TIMEOUT,
      maxHeaderSize: MAX_HEADER,
      connectionsCheckingInterval: REQUEST_TIMEOUT / 5,
    };
    this.#server = createServer(limits, (request, response) => void this.#onRequest(request, response));
    this.#server.maxConnections = MAX_CONNECTIONS;
    // Also those go that ask and then do not read.
    this.#server.setTimeout(2 * REQUEST_TIMEOUT);
  }

  /**
   * Listens.
   * @returns the port.
   * @throws Error whose message says in one line why not.
   */
  async start(): Promise<number> {
    const { host, port, log } = this.#options;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
      const { host: address, ipv6Only } = bindAddress(host);
      this.#server.listen({ host: address, port, ipv6Only }, resolve);
    });
    this.#server.removeAllListeners('error');
    this.#server.on('error', (error) => log.error({ err: error }, 'the metrics server failed'));
    const address = this.#server.address();
    return address !== null && typeof address === 'object' ? address.port : port;
  }

  /** Stops at once; scrapes under way are cut. May be called when it never started. */
  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #onRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.resume();
    const { status, type, body } = await this.#answer(request);
    response.writeHead(status, {
      ...SECURITY_HEADERS,
      ...(status === 405 && { Allow: 'GET, HEAD' }),
      'Content-Type': type,
      'Content-Length': Buffer.byteLength(body),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  async #answer({ method, url = '', headers }: IncomingMessage): Promise<Answer> {
    if (!isTrustedHost(headers.host ?? '', this.#options.host))
      return plain(403, 'this Host is not served here');
    const route = this.#routes.get(url.replace(/\?.*$/s, ''));
    if (route === undefined) return plain(404, 'not found; there are /metrics, /healthz and /readyz');
    if (method !== 'GET' && method !== 'HEAD') return plain(405, 'only GET and HEAD');
    try {
      return await route();
    } catch (error) {
      this.#options.log.error({ err: error, url }, 'a request to the metrics server failed');
      return plain(500, 'internal error');
    }
  }

  async #metrics(): Promise<Answer> {
    const { exporter } = this.#options;
    return { status: 200, type: exporter.contentType, body: await exporter.render() };
  }

  #readiness(): Answer {
    const problems = this.#options.problems();
    return problems.length === 0 ? plain(200, 'ready') : plain(503, problems.join('\n'));
  }
}

const plain = (status: number, text: string): Answer => ({ status, type: PLAIN, body: `${text}\n` });

const explain = (error: NodeJS.ErrnoException, host: string, port: number): Error => {
  const at = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const reason = error.code === 'EADDRINUSE' ? 'the port is in use' : error.message;
  return new Error(`cannot serve metrics on ${at}: ${reason}`, { cause: error });
};
