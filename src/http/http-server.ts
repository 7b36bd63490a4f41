import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { hostname } from 'node:os';
import type { Logger } from '../log.ts';
import { bindAddress, endpoint } from '../net/bind-address.ts';
import { type Answer, plain, type Route } from './answer.ts';
import { isTrustedHost } from './host-check.ts';
import { requestTarget } from './request-target.ts';
import { Turns } from './turns.ts';

/** A request must be complete after so many milliseconds, and an idle connection is closed after as many. */
const REQUEST_TIMEOUT = 5000;
/** So many bytes of header lines are more than any scraper sends. */
const MAX_HEADER = 8 * 1024;
/** A browser takes six of them while it loads the page: enough for some dozens that do so together. */
const MAX_CONNECTIONS = 512;

/** Of every answer; a route may allow more. */
const SECURITY_HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
} as const;

export interface HttpServerOptions {
  /** An address or a name; `*` is every IPv4 address, `::*` every IPv6 one. */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** By path; one that ends in `/*` answers all paths that begin so. */
  readonly routes: Readonly<Record<string, Route>>;
  readonly log: Logger;
}

/** Shows what the supervisor knows over HTTP, to whoever may see it: GET and HEAD only, and only of our own host. */
export class HttpServer {
  readonly #options: HttpServerOptions;
  readonly #server: Server;
  readonly #ownNames: readonly string[];
  readonly #turns = new Turns();

  constructor(options: HttpServerOptions) {
    this.#options = options;
    // The machine's own name is safe: for DNS rebinding, a stranger's page would have to be found under it.
    this.#ownNames = [options.host, hostname()];
    const limits = {
      requestTimeout: REQUEST_TIMEOUT,
      headersTimeout: REQUEST_TIMEOUT,
      keepAliveTimeout: REQUEST_TIMEOUT,
      maxHeaderSize: MAX_HEADER,
      connectionsCheckingInterval: REQUEST_TIMEOUT / 5,
    };
    this.#server = createServer(limits, (request, response) => this.#onRequest(request, response));
    this.#server.maxConnections = MAX_CONNECTIONS;
    // Who has asked and then closes its half of the connection waits for its turn as others do. Node does not document it.
    Object.assign(this.#server, { httpAllowHalfOpen: true });
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
    this.#server.on('error', (error) => log.error({ err: error }, 'the HTTP server failed'));
    const address = this.#server.address();
    return address !== null && typeof address === 'object' ? address.port : port;
  }

  /** Stops at once; answers under way are cut. May be called when it never started. */
  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  #onRequest(request: IncomingMessage, response: ServerResponse): void {
    request.resume();
    const { socket } = request;
    if (!this.#turns.take(socket, () => this.#reply(request, response))) refuse(response);
  }

  /** Settles when the answer is sent, or when nobody is there to take it. */
  async #reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.socket.destroyed) return;
    const closed = new Promise((resolve) => response.once('close', resolve));
    send(response, await this.#answer(request), request.method);
    await closed;
  }

  async #answer({ method, url = '', headers, socket }: IncomingMessage): Promise<Answer> {
    const { authority = headers.host, path, query } = requestTarget(url);
    // Who names no host speaks HTTP/1.0, as some health checks do and no browser does.
    const isOurs = authority === undefined || isTrustedHost(authority, socket.localAddress, this.#ownNames);
    if (!isOurs) return NOT_OURS;
    const route = this.#routeOf(path);
    if (route === undefined) return plain(404, `not found; there are ${this.#paths()}`);
    if (method !== 'GET' && method !== 'HEAD') return ONLY_GET;
    try {
      const knownTag = headers['if-none-match'] ?? '';
      return await route({ path, query: new URLSearchParams(query), knownTag });
    } catch (error) {
      this.#options.log.error({ err: error, url }, 'an HTTP request failed');
      return plain(500, 'internal error');
    }
  }

  #routeOf(path: string): Route | undefined {
    const { routes } = this.#options;
    if (Object.hasOwn(routes, path)) return routes[path];
    const below = Object.keys(routes).find((key) => key.endsWith('/*') && path.startsWith(key.slice(0, -1)));
    return below === undefined ? undefined : routes[below];
  }

  #paths(): string {
    const paths = Object.keys(this.#options.routes).filter((path) => !path.endsWith('/*'));
    return `${paths.slice(0, -1).join(', ')} and ${paths.at(-1)}`;
  }
}

/** Names are not told: who is refused may be a stranger's page. */
const NOT_OURS = plain(
  403,
  'this Host is not served here; ask by an IP address, localhost, the hostname of this machine or the name that metrics-host is set to',
);

const TOO_MANY: Answer = {
  ...plain(503, 'too many requests at once on one connection'),
  headers: { Connection: 'close' },
};

const ONLY_GET: Answer = { ...plain(405, 'only GET and HEAD'), headers: { Allow: 'GET, HEAD' } };

const send = (response: ServerResponse, { status, type, body, headers }: Answer, method?: string): void => {
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    ...headers,
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(method === 'HEAD' ? undefined : body);
};

/** Says so behind what was asked before; then Node closes the connection and drops what was asked after. */
const refuse = (response: ServerResponse): void => send(response, TOO_MANY);

const explain = (error: NodeJS.ErrnoException, host: string, port: number): Error => {
  const at = endpoint(bindAddress(host).host, port);
  const reason = error.code === 'EADDRINUSE' ? 'the port is in use' : error.message;
  return new Error(`cannot serve metrics on ${at}: ${reason}`, { cause: error });
};
