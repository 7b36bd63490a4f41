import { type ReplyTree, readReply } from '../rows/reply-tree.ts';
import { determined } from './determined.ts';
import type { Command } from './words.ts';

/** Two servers read their clocks at different moments: how far such replies may lie apart, in the reply's unit. */
const TOLERANCE: Readonly<Record<string, number>> = { TTL: 1, PTTL: 2000, EXPIRETIME: 2, PEXPIRETIME: 2000 };

/**
 * Whether two servers gave the same reply: byte by byte, but for times within their tolerance and what Redis leaves open.
 *
 * @param ran the commands whose replies these are.
 * @param executed whether the replies are those of EXEC: an array of one reply for each command.
 */
export function alike(ran: readonly Command[], ours: string, real: string, executed = false): boolean {
  if (ours === real) return true;
  const [ourTree, realTree] = [parse(ours), parse(real)];
  if (!executed) return sameReply(ran[0]!, ourTree, realTree);
  const [ourItems, realItems] = [ourTree.items ?? [], realTree.items ?? []];
  if (ourItems.length !== ran.length || realItems.length !== ran.length) return false;
  return ran.every((command, index) => sameReply(command, ourItems[index]!, realItems[index]!));
}

/** The command's name in upper case. */
export function nameOf(command: Command | undefined): string {
  return command?.[0]?.toUpperCase() ?? '';
}

function sameReply(command: Command, ours: ReplyTree, real: ReplyTree): boolean {
  if (determined(command, ours) === determined(command, real)) return true;
  const tolerance = TOLERANCE[nameOf(command)];
  if (tolerance === undefined || ours.kind !== ':' || real.kind !== ':') return false;
  const [ourTime, realTime] = [Number(ours.text), Number(real.text)];
  return ourTime >= 0 && realTime >= 0 && Math.abs(ourTime - realTime) <= tolerance;
}

function parse(reply: string): ReplyTree {
  const whole = readReply(Buffer.from(reply, 'latin1'), 0);
  if (whole === undefined) throw new Error(`not a whole reply: ${JSON.stringify(reply)}`);
  return whole.tree;
}
