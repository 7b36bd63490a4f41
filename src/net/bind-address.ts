/** An address to listen on, as the system takes it. */
export interface BindAddress {
  readonly host: string;
  /** Take no IPv4 connections, which have an address of their own. */
  readonly ipv6Only: boolean;
  /** Do without it where this machine has no such address. */
  readonly optional: boolean;
}

/** What a part of the setting `host` means: `*` is every IPv4 address, `::*` every IPv6 one, `-` may be missing. */
export const bindAddress = (text: string): BindAddress => {
  const optional = text.startsWith('-');
  const name = optional ? text.slice(1) : text;
  if (name === '*') return { host: '0.0.0.0', ipv6Only: false, optional };
  if (name === '::*') return { host: '::', ipv6Only: true, optional };
  return { host: name, ipv6Only: name.includes(':'), optional };
};

/** True if it is every address of this machine. */
export const isWildcard = (host: string): boolean => host === '0.0.0.0' || host === '::';

/** An address under which what listens on a part of the setting `host` is found from this machine. */
export const reachableHost = (setting: string): string => {
  const { host } = bindAddress(setting);
  if (!isWildcard(host)) return host;
  return host === '::' ? '::1' : '127.0.0.1';
};

/** `host:port`, the host in brackets where it has colons itself. */
export const endpoint = (host: string, port: number): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

/** True if an error says that this machine has no such address. */
export const isMissingAddress = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT');
