import type { Command } from '../commands/command.ts';
import { asCString, CommandError } from '../errors.ts';
import { latin1 } from '../resp/latin1.ts';
import type { Request } from '../resp/request.ts';

/** As many characters of the name and of each argument, and of all arguments together, are quoted. */
const MAX_QUOTED = 128;

/** As Redis, which takes it for a C string: up to the first NUL. */
const quoted = (request: Request, index: number, max: number): string => {
  const start = request.starts[index]!;
  const length = Math.min(request.lengths[index]!, max);
  return asCString(latin1(request.bytes, start, length));
};

/** `ERR unknown command 'x', with args beginning with: 'a' 'b' ` */
export const unknownCommand = (request: Request): CommandError => {
  let args = '';
  for (let i = 1; i < request.argc && args.length < MAX_QUOTED; i++) {
    args += `'${quoted(request, i, MAX_QUOTED - args.length)}' `;
  }
  const name = quoted(request, 0, MAX_QUOTED);
  return new CommandError(`ERR unknown command '${name}', with args beginning with: ${args}`);
};

/** `ERR unknown subcommand 'x'. Try CLIENT HELP.` */
export const unknownSubcommand = (container: Command, request: Request): CommandError =>
  new CommandError(
    `ERR unknown subcommand '${quoted(request, 1, MAX_QUOTED)}'. Try ${container.name.toUpperCase()} HELP.`,
  );

/** True for the first words of an HTTP request and of its header: nobody's command. */
export const isHttp = (request: Request): boolean => /^(post|host:)$/i.test(quoted(request, 0, MAX_QUOTED));
