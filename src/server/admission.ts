import type { Command } from '../commands/command.ts';
import type { Pause } from '../instance/pause.ts';
import type { Session } from '../instance/session.ts';

/** Run at once inside MULTI; all others are queued. */
const NEVER_QUEUED = new Set(['exec', 'discard', 'multi', 'watch', 'quit', 'reset']);
/** Run inside MULTI however full the memory is; all others would make it fuller by being queued. */
const LEAVES_MULTI = new Set(['exec', 'discard', 'quit', 'reset']);

/** True if the command has to wait for the session's EXEC. */
export const isQueued = ({ queue }: Session, command: Command): boolean =>
  queue !== undefined && !NEVER_QUEUED.has(command.name);

/** True if the command may change data, also by what it runs itself. */
export const mayWrite = ({ writes, entry }: Command): boolean =>
  writes || entry.flags?.includes('may_replicate') === true;

/** True if the command reads or changes keys. */
export const touchesKeys = (command: Command): boolean =>
  mayWrite(command) || command.entry.flags?.includes('readonly') === true;

/** True if the command, those it executes or the queueing of it may take memory. */
export const needsMemory = ({ queue }: Session, command: Command): boolean => {
  if (command.deniedWhenFull) return true;
  if (queue === undefined) return false;
  if (command.name === 'exec') return queue.some((queued) => queued.deniedWhenFull);
  return !LEAVES_MULTI.has(command.name);
};

/** True if a pause holds the command up: one of all commands, or one of writes. */
export const isHeldUp = (pause: Pause, { queue }: Session, command: Command, now: number): boolean => {
  if (now >= pause.until) return false;
  if (pause.all || mayWrite(command)) return true;
  return command.name === 'exec' && queue?.some((queued) => queued.writes) === true;
};
