/** What a request asks for. */
export interface RequestTarget {
  /** The host, and perhaps a port, if the target names one: it counts then, and not the Host header. */
  readonly authority: string | undefined;
  /** As it was sent. */
  readonly path: string;
  /** Without its question mark; empty if there is none. */
  readonly query: string;
}

/** `http://host/path?query`, as clients ask a proxy. */
const ABSOLUTE = /^http:\/\/([^/?]+)(.*)$/i;

/** Reads the target of a request: a path, or a whole URL, which every server has to take (RFC 9112, 3.2.2). */
export const requestTarget = (target: string): RequestTarget => {
  const [, authority, rest = target] = ABSOLUTE.exec(target) ?? [];
  const [path = '', ...query] = rest.split('?');
  return { authority, path: authority !== undefined && path === '' ? '/' : path, query: query.join('?') };
};
