import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/setting-error.ts';
import { SETTINGS } from '../config/settings.ts';
import { endpoint, reachableHost } from '../net/bind-address.ts';

const DEFAULT_PORT = Number(SETTINGS['metrics-port'].default);
/** `host`, `host:port`, `[::1]` or `[::1]:port`; the document that is asked for may be named behind it. */
const PLACE = /^(\[[\da-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?(?:\/(?:status\.json)?)?$/i;

/**
 * The instance that is looked at: its root, which ends in a slash.
 * @param address as the user wrote it; null for the instance that the configuration describes.
 * @throws ConfigError
 */
export const targetOf = (
  address: string | null,
  config: Pick<Config, 'metricsHost' | 'metricsPort'>,
): URL => {
  if (address === null) return configuredTarget(config);
  const url = urlOf(address);
  if (url === null || url.port === '0' || url.hostname === '') throw notAnAddress(address);
  if (url.username !== '' || url.password !== '') {
    throw new ConfigError('the address must not contain a user name or a password');
  }
  url.search = '';
  url.hash = '';
  url.pathname = url.pathname.replace(/\/(status\.json)?$/, '');
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
};

/** The target as it is shown: without the slash at its end. */
export const nameOf = (target: URL): string => target.href.replace(/\/$/, '');

const configuredTarget = ({ metricsHost, metricsPort }: Pick<Config, 'metricsHost' | 'metricsPort'>): URL => {
  if (metricsPort === null || metricsPort === 0) {
    const why = metricsPort === null ? 'is off, so nothing can be read there' : 'is 0, so nobody knows it';
    throw new ConfigError(`metrics-port ${why}; name the instance: corespond top <address>`);
  }
  const host = reachableHost(metricsHost);
  const url = parse(`http://${endpoint(host, metricsPort)}/`);
  if (url === null) throw notAnAddress(host);
  return url;
};

const urlOf = (address: string): URL | null => {
  if (/^https?:\/\//i.test(address)) return parse(address);
  if (/^\d+$/.test(address)) return parse(`http://127.0.0.1:${address}/`);
  const [, host, port = DEFAULT_PORT] = PLACE.exec(address) ?? [];
  if (host !== undefined) return parse(`http://${host}:${port}/`);
  return /^[\da-f:.]*:[\da-f:.]*:[\da-f:.]*$/i.test(address)
    ? parse(`http://[${address}]:${DEFAULT_PORT}/`)
    : null;
};

const parse = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null);

const notAnAddress = (address: string): ConfigError =>
  new ConfigError(
    `${JSON.stringify(address)} is not an address: it must be a port, a host, host:port or a URL such as http://127.0.0.1:9121`,
  );
