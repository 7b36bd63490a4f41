/**
 * Whether a request was meant for us, by the host that it asks for. A page in somebody's browser can point a name of its
 * own at a loopback address and read what it finds there (DNS rebinding), but the request then carries that name. So who
 * comes by loopback must ask for a name of this machine; an address is what it is, and any of them will do. Who comes
 * from elsewhere reaches us under names that we cannot know, and it is for the network to say who may.
 * @param authority the host that is asked for, and perhaps a port.
 * @param localAddress our end of the connection; undefined when it is closed already.
 * @param ownNames what this machine is called beside localhost.
 */
export const isTrustedHost = (
  authority: string,
  localAddress: string | undefined,
  ownNames: readonly string[],
): boolean => {
  const host = hostOf(authority);
  if (host === undefined) return false;
  if (isAddress(host) || host === 'localhost') return true;
  return ownNames.some((name) => name.toLowerCase() === host) || !isLoopback(localAddress);
};

const isLoopback = (address: string | undefined): boolean =>
  address === undefined || /^(::1$|(::ffff:)?127\.)/i.test(address);

const isAddress = (host: string): boolean => host.includes(':') || /^\d{1,3}(\.\d{1,3}){3}$/.test(host);

/** The host without its port, brackets and final dot, in lower case; undefined if it is malformed. */
const hostOf = (authority: string): string | undefined => {
  const found = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+?)\.?)(?::\d{1,5})?$/i.exec(authority);
  return (found?.[1] ?? found?.[2])?.toLowerCase();
};
