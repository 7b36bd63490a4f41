import { configFrom, type PartialConfig } from './config/config.ts';
import type { Clock } from './keyspace/clock.ts';
import { createLogger } from './log.ts';
import { endpoint, reachableHost } from './net/bind-address.ts';
import { SoloServer } from './process/solo.ts';

export type { Clock } from './keyspace/clock.ts';

/** Any setting of the server in camel case, and what only an embedded server has. */
export interface ServerOptions extends PartialConfig {
  /** The time; pass your own to make keys expire without waiting. */
  readonly clock?: Clock | undefined;
  /** Uniform in [0, 1): RANDOMKEY, eviction samples. */
  readonly random?: (() => number) | undefined;
}

/** A running server in this process. */
export interface Server {
  readonly host: string;
  /** The port it listens on, also when 0 was asked for. */
  readonly port: number;
  /** `redis://host:port`, with the password if there is one, as clients take it. */
  readonly url: string;
  /** Accepts no more, answers what was asked and leaves no handle open. May be called twice. */
  close(): Promise<void>;
}

/**
 * Starts a server in this process: by default on 127.0.0.1:6379 with no log output.
 * @throws ConfigError for a bad option, the system's error if the port cannot be listened on.
 */
export const createServer = async (options: ServerOptions = {}): Promise<Server> => {
  const { clock, random, ...settings } = options;
  const config = configFrom({ logLevel: 'silent', ...settings });
  let closed: Promise<void> | undefined;
  const close = () => (closed ??= solo.close());
  const solo = new SoloServer({
    config,
    log: createLogger(config, { role: 'solo' }),
    ...(clock && { clock }),
    ...(random && { random }),
    shutdown: () => void close(),
  });
  await solo.listen();
  const host = reachableHost(config.host[0] ?? '127.0.0.1');
  return {
    host,
    port: solo.port,
    url: `redis://${credentials(config.requirepass)}${endpoint(host, solo.port)}`,
    close,
  };
};

const credentials = (password: string): string =>
  password === '' ? '' : `:${encodeURIComponent(password)}@`;
