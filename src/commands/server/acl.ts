import { createHash } from 'node:crypto';
import { CommandError, wrongSubcommandArity } from '../../errors.ts';
import type { Call, CommandGroup } from '../command.ts';
import { DEFAULT_USER } from '../connection/authentication.ts';
import { helpCommand } from '../help.ts';
import { ACL_CATEGORIES, categoriesOf } from './acl-categories.ts';

const whoAmI = ({ reply }: Call): void => reply.text(DEFAULT_USER);

const users = ({ reply }: Call): void => {
  reply.array(1);
  reply.text(DEFAULT_USER);
};

const list = ({ reply, settings }: Call): void => {
  const { requirepass } = settings.values;
  const password =
    requirepass === '' ? 'nopass' : `#${createHash('sha256').update(requirepass).digest('hex')}`;
  reply.array(1);
  reply.text(`user ${DEFAULT_USER} on ${password} ~* &* +@all`);
};

const categories = ({ args, reply, table }: Call): void => {
  if (args.count > 3) throw wrongSubcommandArity('ACL', args.latin1(1));
  const names = args.count === 2 ? ACL_CATEGORIES : commandsOf(args.text(2), table.commands);
  reply.array(names.length);
  for (const name of names) reply.text(name);
};

const commandsOf = (name: string, commands: Call['table']['commands']): string[] => {
  const category = ACL_CATEGORIES.find((known) => known === name.toLowerCase());
  if (category === undefined) throw new CommandError(`ERR Unknown category '${name}'`);
  return commands
    .filter((command) => categoriesOf(command).includes(category))
    .map((command) => command.name);
};

const ADMIN = ['admin', 'noscript', 'loading', 'stale'] as const;
const OPEN = ['noscript', 'loading', 'stale'] as const;
const PER_USER = 'O(N). Where N is the number of configured users.';

export const acl = {
  acl: {
    arity: -2,
    since: '6.0.0',
    complexity: 'Depends on subcommand.',
    summary: 'Shows users and categories; there is one user, who may do everything.',
    subcommands: {
      cat: {
        arity: -2,
        flags: OPEN,
        syntax: '[categoryname]',
        since: '6.0.0',
        complexity: 'O(1) since the categories and commands are a fixed set.',
        summary: 'Lists the categories of commands, or the commands of one.',
        run: categories,
      },
      help: helpCommand('ACL', '6.0.0', {}, [
        'CAT [<category>]',
        '    List all commands that belong to <category>, or all command categories',
        '    when no category is specified.',
        'LIST',
        '    Show users details in config file format.',
        'USERS',
        '    List all the registered usernames.',
        'WHOAMI',
        '    Return the current connection username.',
      ]),
      list: {
        arity: 2,
        flags: ADMIN,
        since: '6.0.0',
        complexity: PER_USER,
        summary: 'Lists the users with their rights.',
        run: list,
      },
      users: {
        arity: 2,
        flags: ADMIN,
        since: '6.0.0',
        complexity: PER_USER,
        summary: 'Lists the names of the users.',
        run: users,
      },
      whoami: {
        arity: 2,
        flags: OPEN,
        since: '6.0.0',
        complexity: 'O(1)',
        summary: 'Returns the name of the user of this connection.',
        run: whoAmI,
      },
    },
  },
} satisfies CommandGroup;
