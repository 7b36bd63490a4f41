import { splitCommandLine } from './command-line.ts';
import { describeExpected, type Expected, matches } from './reply.ts';
import type { Group, Need, Scenario, Step } from './row.ts';
import { Speakers } from './speakers.ts';
import { WireConnection } from './wire.ts';

/** The command whose presence means that the server has the need. */
const COMMAND_OF_NEED: Readonly<Record<Need, string>> = {
  lists: 'LPUSH',
  sets: 'SADD',
  hashes: 'HSET',
  zsets: 'ZADD',
  streams: 'XADD',
  functions: 'FUNCTION',
  pubsub: 'SUBSCRIBE',
};

const NAME_LIMIT = 160;
const WAITING_BOUND_MS = 5000;

export type Protocol = 2 | 3;

/** A server to play to. `control` prepares and cleans up; it is open before any scenario sets a password. */
export interface Target {
  readonly port: number;
  readonly control: WireConnection;
  /** Whether rows marked `differs` are to differ (the real server) or to hold (ours). */
  readonly real: boolean;
}

export async function openTarget(port: number, real: boolean): Promise<Target> {
  return { port, real, control: await WireConnection.open(port) };
}

/** The protocols a scenario is played in. */
export function protocolsOf(scenario: Scenario): readonly Protocol[] {
  return scenario.protocol === undefined ? [2, 3] : [scenario.protocol];
}

/** The test's name: group, scenario, protocol, then the command lines as far as they fit. */
export function testName(group: Group, scenario: Scenario, protocol: Protocol): string {
  const lines = scenario.steps.map((step) => step.label).join(' | ');
  const shown = lines.length > NAME_LIMIT ? `${lines.slice(0, NAME_LIMIT)}…` : lines;
  return `${group.name}: ${scenario.name} [RESP${protocol}]: ${shown}`;
}

/** Why the target cannot play the scenario, or undefined. */
export async function missingNeed(scenario: Scenario, target: Target): Promise<string | undefined> {
  if (scenario.needs === undefined) return undefined;
  const reply = await target.control.call(COMMAND_OF_NEED[scenario.needs]);
  return reply.startsWith('-ERR unknown command') ? `the server has no ${scenario.needs} yet` : undefined;
}

/**
 * Plays a scenario from an empty keyspace on fresh connections.
 *
 * @returns one text per row that was not answered as it says; empty when all were.
 */
export async function play(scenario: Scenario, target: Target, protocol: Protocol): Promise<string[]> {
  const speakers = new Speakers(target.port, scenario.protocol === undefined ? protocol : undefined);
  const mismatches: string[] = [];
  const flushed = await target.control.call('FLUSHALL');
  if (flushed !== '+OK\r\n') throw new Error(`FLUSHALL: ${flushed}`);
  try {
    for (const step of scenario.steps) mismatches.push(...(await playStep(step, speakers, target, protocol)));
  } finally {
    speakers.close();
    for (const line of scenario.after ?? []) await target.control.call(...splitCommandLine(line));
  }
  return mismatches;
}

async function playStep(
  step: Step,
  speakers: Speakers,
  target: Target,
  protocol: Protocol,
): Promise<string[]> {
  const mismatches: string[] = [];
  const connection = await speakers.named(step.connection);
  if (step.line !== undefined) connection.send(await speakers.encode(step.line));
  if (step.bytes !== undefined) connection.send(step.bytes);
  if (step.waits) await untilWaiting(step, connection, target.control);
  for (const { resp2, resp3 } of step.replies) {
    const received = await receive(step, connection);
    mismatches.push(...verdict(step, protocol === 2 ? resp2 : resp3, received, target, protocol));
  }
  if (step.closes) {
    const rest = await connection.ended();
    if (rest !== '') mismatches.push(`${step.label}\n  sent before closing: ${JSON.stringify(rest)}`);
  }
  return mismatches;
}

/** Asks until the server shows the connection's client as blocked, or has answered it. */
async function untilWaiting(step: Step, connection: WireConnection, control: WireConnection): Promise<void> {
  const blocked = new RegExp(`addr=${connection.localAddress} .* flags=\\w*b`);
  for (const deadline = Date.now() + WAITING_BOUND_MS; Date.now() < deadline; ) {
    if (connection.hasReceived || blocked.test(await control.call('CLIENT', 'LIST'))) return;
  }
  throw new Error(`${step.label}: the client does not wait`);
}

async function receive(step: Step, connection: WireConnection): Promise<string> {
  try {
    return await connection.receive();
  } catch (cause) {
    throw new Error(`${step.label}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

function verdict(
  step: Step,
  expected: Expected,
  received: string,
  target: Target,
  protocol: Protocol,
): string[] {
  const same = matches(expected, received, protocol);
  const wanted = `${step.label}\n  expected: ${describeExpected(expected, protocol)}`;
  if (target.real && step.differs !== undefined) {
    return same ? [`${wanted}\n  and redis answers the same, so "${step.differs}" is no reason`] : [];
  }
  return same ? [] : [`${wanted}\n  received: ${JSON.stringify(received)}`];
}
