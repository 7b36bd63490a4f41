import { bindAddress } from '../net/bind-address.ts';

/**
 * Whether a request was meant for us, by its Host header. A page in somebody's browser can point a name of its own at a
 * loopback address and read what it finds there (DNS rebinding), but the header then carries that name. So while we
 * listen on loopback only, the name must be one that means loopback; an address is what it is, and any of them will do.
 * Where we listen for other machines they reach us under names that we cannot know, and it is for the network to say who may.
 * @param ownHost the host that we were told to listen on.
 */
export const isTrustedHost = (header: string, ownHost: string): boolean => {
  const host = hostOf(header);
  if (host === undefined) return false;
  if (isAddress(host) || host === 'localhost' || host === ownHost.toLowerCase()) return true;
  return !isLoopbackOnly(ownHost);
};

const isLoopbackOnly = (ownHost: string): boolean =>
  /^(localhost|127\..*|::1)$/i.test(bindAddress(ownHost).host);

const isAddress = (host: string): boolean => host.includes(':') || /^\d{1,3}(\.\d{1,3}){3}$/.test(host);

/** The host without its port, brackets and final dot, in lower case; undefined if the header is malformed. */
const hostOf = (header: string): string | undefined => {
  const found = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+?)\.?)(?::\d{1,5})?$/i.exec(header);
  return (found?.[1] ?? found?.[2])?.toLowerCase();
};
