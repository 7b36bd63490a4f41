/** What a route answers. */
export interface Answer {
  readonly status: number;
  /** Its media type. */
  readonly type: string;
  readonly body: string | Uint8Array;
  /** Beside those that every answer has, or instead of them. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that has come to the right host by GET or HEAD. */
export interface HttpRequest {
  /** The path without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** What the client has already, from its If-None-Match; empty if it does not say. */
  readonly knownTag: string;
}

/** Answers the requests for a path. What it throws is logged, and answered with 500. */
export type Route = (request: HttpRequest) => Answer | Promise<Answer>;

/** A text of one or more lines for people. */
export const plain = (status: number, text: string): Answer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${text}\n`,
});
