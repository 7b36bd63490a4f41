import type { Call, CommandEntry, Handler } from './command.ts';

/** Answers HELP of a container: `lines` in Redis's wording, without the first and the last two. */
export const help =
  (container: string, lines: readonly string[]): Handler =>
  ({ reply }: Call) => {
    reply.array(lines.length + 3);
    reply.status(`${container} <subcommand> [<arg> [value] [opt] ...]. Subcommands are:`);
    for (const line of lines) reply.status(line);
    reply.status('HELP');
    reply.status('    Prints this help.');
  };

/** The entry of a container's HELP subcommand. */
export const helpCommand = (
  container: string,
  since: string,
  more: Pick<CommandEntry, 'categories'>,
  lines: readonly string[],
): CommandEntry => ({
  arity: 2,
  flags: ['loading', 'stale'],
  since,
  complexity: 'O(1)',
  summary: `Lists the subcommands of ${container}.`,
  run: help(container, lines),
  ...more,
});
