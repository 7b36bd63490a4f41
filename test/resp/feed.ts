import { ProtocolError } from '../../src/errors.ts';
import { PendingBytes } from '../../src/resp/pending-bytes.ts';
import { argumentsOf, type Request } from '../../src/resp/request.ts';
import { INCOMPLETE, REQUEST, RequestParser } from '../../src/resp/request-parser.ts';
import type { Limits, Stream } from './slow-parser.ts';

/** How bytes reach a parser: all in one buffer that fills up, or in pieces, whose unfinished rest is carried over. */
export type Feeding = 'filling' | 'pieces';

const words = (request: Request): string[] =>
  argumentsOf(request).map((argument) => Buffer.from(argument).toString('latin1'));

function parserWith({ authenticated = true, maxBulkLength }: Limits): RequestParser {
  const parser = new RequestParser();
  parser.authenticated = authenticated;
  if (maxBulkLength !== undefined) parser.maxBulkLength = maxBulkLength;
  return parser;
}

/**
 * Feeds a stream of requests to a parser, cut where `cuts` say.
 * @throws what the parser throws, if it is no ProtocolError, and if a request lies outside of what was read.
 */
export function feed(stream: string, cuts: readonly number[], feeding: Feeding, limits: Limits = {}): Stream {
  const requests: string[][] = [];
  const parser = parserWith(limits);
  const ends = [...new Set([...cuts, stream.length])].sort((a, b) => a - b);
  const bytes = Buffer.from(stream, 'latin1');
  try {
    if (feeding === 'filling') fill(parser, bytes, ends, requests);
    else carryOver(parser, bytes, ends, requests);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return { requests, error: error.message };
  }
  return { requests, error: undefined };
}

/** The bytes behind the limit change with every step: whoever looks at them gives different answers. */
function fill(parser: RequestParser, stream: Buffer, ends: readonly number[], requests: string[][]): void {
  const buffer = Buffer.alloc(stream.length + 8);
  parser.reset(0);
  for (const [step, end] of ends.entries()) {
    stream.copy(buffer, 0, 0, end);
    buffer.fill('\r\n1$*'.charCodeAt(step % 5), end);
    runAll(parser, buffer, end, requests);
  }
}

function carryOver(
  parser: RequestParser,
  stream: Buffer,
  ends: readonly number[],
  requests: string[][],
): void {
  let pending: PendingBytes | undefined;
  let from = 0;
  for (const end of ends) {
    const piece = Buffer.from(stream.subarray(from, end));
    from = end;
    if (pending === undefined) parser.reset(0);
    else pending.append(piece, 0, piece.length, parser.needed);
    const [bytes, limit]: [Buffer, number] = pending
      ? [pending.bytes, pending.length]
      : [piece, piece.length];
    if (parser.needed > limit) continue;
    const rest = runAll(parser, bytes, limit, requests);
    if (rest === 0 && pending !== undefined) continue;
    parser.rebase(rest);
    pending = rest === limit ? undefined : new PendingBytes(bytes, rest, limit, parser.needed);
    piece.fill('#');
  }
}

/** @returns where the unfinished rest begins. */
function runAll(parser: RequestParser, bytes: Buffer, limit: number, requests: string[][]): number {
  for (;;) {
    const found = parser.parse(bytes, limit);
    if (found === INCOMPLETE) return parser.begin;
    if (parser.begin >= parser.end || parser.end > limit)
      throw new Error('a request outside of what was read');
    if (found === REQUEST) requests.push(words(parser));
    parser.reset(parser.end);
  }
}
