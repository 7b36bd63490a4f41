import type { Expected } from './reply.ts';

/** A command line in redis-cli quoting, its reply, and its RESP3 reply where a builder cannot tell. */
export type Row = readonly [line: string, reply: Expected, resp3?: Expected];

/** One exchange on one connection: bytes sent, replies awaited, and whether the server then closes. */
export interface Step {
  /** What a reader sees in the test's name. */
  readonly label: string;
  /** The connection's name; a new one is opened at its first use. */
  readonly connection: string;
  /** A command line, sent as an array; `{id:b}` and `{addr:b}` stand for connection b's client id and address. */
  readonly line: string | undefined;
  /** Or bytes as they are. */
  readonly bytes: Buffer | undefined;
  readonly replies: readonly ByProtocol[];
  readonly closes: boolean;
  /** After sending, the connection is blocked or answered before the next step. */
  readonly waits: boolean;
  /** Why a real redis-server 7.0 answers something else. */
  readonly differs: string | undefined;
}

/** What to expect of one reply, by protocol. */
export interface ByProtocol {
  readonly resp2: Expected;
  readonly resp3: Expected;
}

/** Data types that a scenario may need and a server may not have yet. */
export type Need = 'lists' | 'sets' | 'hashes' | 'zsets' | 'streams' | 'functions' | 'pubsub';

export interface ScenarioOptions {
  readonly needs?: Need;
  /** Play it in this protocol only, with no HELLO sent by the player. */
  readonly protocol?: 2;
  /** Command lines that undo what the scenario set on the server; played on another connection, even after a failure. */
  readonly after?: readonly string[];
}

/** Steps played in order on an empty keyspace, each connection fresh. */
export interface Scenario extends ScenarioOptions {
  readonly name: string;
  readonly steps: readonly Step[];
}

export interface Group {
  readonly name: string;
  readonly scenarios: readonly Scenario[];
}

const MAIN = 'main';

export function group(name: string, scenarios: readonly Scenario[]): Group {
  return { name, scenarios };
}

export function scenario(
  name: string,
  rows: readonly (Row | Step)[],
  options: ScenarioOptions = {},
): Scenario {
  return { name, steps: rows.map(step), ...options };
}

/** The row on another connection than the scenario's first: `on('b', ['GET k', nil])`. */
export function on(connection: string, row: Row | Step): Step {
  const { label, ...rest } = step(row);
  return { ...rest, label: `${connection}> ${label}`, connection };
}

/** A row that a real redis-server 7.0 answers otherwise; the comparison holds it to that. */
export function differs(reason: string, row: Row | Step): Step {
  return { ...step(row), differs: reason };
}

/** A command that gets no reply, or whose reply a later `receives` awaits. */
export function sends(line: string): Step {
  return { ...blank(line), line };
}

/** As {@link sends}, for a command that waits for a key: the next step comes when the client is known to wait. */
export function waits(line: string): Step {
  return { ...blank(line), line, waits: true };
}

/** The reply to something sent before. */
export function receives(reply: Expected, resp3: Expected = reply): Step {
  return { ...blank('…'), replies: [{ resp2: reply, resp3 }] };
}

/** Bytes as they are (latin1), and the replies they get. */
export function raw(bytes: string, ...replies: readonly Expected[]): Step {
  const label = JSON.stringify(bytes.length > 80 ? `${bytes.slice(0, 60)}… (${bytes.length} bytes)` : bytes);
  const expected = replies.map((reply) => ({ resp2: reply, resp3: reply }));
  return { ...blank(label), bytes: Buffer.from(bytes, 'latin1'), replies: expected };
}

/** After the row's replies the server closes the connection and sends nothing more. */
export function closes(row?: Row | Step): Step {
  return { ...(row === undefined ? blank('(closed)') : step(row)), closes: true };
}

function step(row: Row | Step): Step {
  if (!isRow(row)) return row;
  const [line, resp2, resp3 = resp2] = row;
  return { ...sends(line), replies: [{ resp2, resp3 }] };
}

function isRow(row: Row | Step): row is Row {
  return Array.isArray(row);
}

function blank(label: string): Step {
  return {
    label,
    connection: MAIN,
    line: undefined,
    bytes: undefined,
    replies: [],
    closes: false,
    waits: false,
    differs: undefined,
  };
}
