/** True for `address:port` of this machine's own loopback, IPv4, IPv6 or IPv4 in IPv6; or of a Unix socket. */
export const isLoopback = (address: string): boolean =>
  /^(127\.|::1:|\[::1\]|::ffff:127\.|\[::ffff:127\.|\/)/.test(address);
