import type { CommandGroup, Flag } from '../command.ts';
import { helpCommand } from '../help.ts';
import { CLIENT_HELP } from './client-help.ts';
import { clientGetname, clientId, clientSetinfo, clientSetname } from './client-identity.ts';
import { clientKill } from './client-kill.ts';
import { clientInfo, clientList } from './client-list.ts';
import {
  clientCaching,
  clientGetredir,
  clientNoEvict,
  clientNoTouch,
  clientReply,
  clientTracking,
  clientTrackinginfo,
} from './client-modes.ts';
import { clientPause, clientUnblock, clientUnpause } from './client-pause.ts';

const OWN: readonly Flag[] = ['noscript', 'loading', 'stale'];
/** Flags of the subcommands that concern other clients. */
const ADMIN: readonly Flag[] = ['admin', 'noscript', 'loading', 'stale'];

const subcommands = {
  caching: {
    arity: 3,
    flags: OWN,
    syntax: '<YES | NO>',
    since: '6.0.0',
    complexity: 'O(1)',
    summary: 'Says whether the next command is tracked; always refused, as tracking is never on.',
    run: clientCaching,
  },
  getname: {
    arity: 2,
    flags: OWN,
    since: '2.6.9',
    complexity: 'O(1)',
    summary: 'Returns the name of the connection.',
    run: clientGetname,
  },
  getredir: {
    arity: 2,
    flags: OWN,
    since: '6.0.0',
    complexity: 'O(1)',
    summary: 'Returns where tracking messages are sent: -1, as tracking is never on.',
    run: clientGetredir,
  },
  help: helpCommand('CLIENT', '5.0.0', {}, CLIENT_HELP),
  id: {
    arity: 2,
    flags: OWN,
    since: '5.0.0',
    complexity: 'O(1)',
    summary: 'Returns the number of the connection, which is never given twice.',
    run: clientId,
  },
  info: {
    arity: 2,
    flags: OWN,
    tips: ['nondeterministic_output'],
    since: '6.2.0',
    complexity: 'O(1)',
    summary: 'Describes the connection.',
    run: clientInfo,
  },
  kill: {
    arity: -3,
    flags: ADMIN,
    syntax:
      '<ip:port | <[ID client-id] | [TYPE <NORMAL | MASTER | SLAVE | REPLICA | PUBSUB>] | [USER username] | ' +
      '[ADDR ip:port] | [LADDR ip:port] | [SKIPME yes/no]> ...>',
    since: '2.4.0',
    complexity: 'O(N) where N is the number of client connections',
    summary: 'Closes the connections that match.',
    run: clientKill,
  },
  list: {
    arity: -2,
    flags: ADMIN,
    tips: ['nondeterministic_output'],
    syntax: '[TYPE <NORMAL | MASTER | REPLICA | PUBSUB>] [ID client-id [client-id ...]]',
    since: '2.4.0',
    complexity: 'O(N) where N is the number of client connections',
    summary: 'Describes the connections, one line each.',
    run: clientList,
  },
  'no-evict': {
    arity: 3,
    flags: ADMIN,
    syntax: '<ON | OFF>',
    since: '7.0.0',
    complexity: 'O(1)',
    summary: 'Protects the connection from being closed to free memory, which never happens here.',
    run: clientNoEvict,
  },
  'no-touch': {
    arity: 3,
    flags: OWN,
    syntax: '<ON | OFF>',
    since: '7.2.0',
    complexity: 'O(1)',
    summary: 'Says whether the commands of the connection count as uses of the keys.',
    run: clientNoTouch,
  },
  pause: {
    arity: -3,
    flags: ADMIN,
    syntax: 'timeout [WRITE | ALL]',
    since: '2.9.50',
    complexity: 'O(1)',
    summary: 'Lets the commands of all clients, or only those that write, wait for some milliseconds.',
    run: clientPause,
  },
  reply: {
    arity: 3,
    flags: OWN,
    syntax: '<ON | OFF | SKIP>',
    since: '3.2.0',
    complexity: 'O(1)',
    summary: 'Says whether commands are replied to.',
    run: clientReply,
  },
  setinfo: {
    arity: 4,
    flags: OWN,
    syntax: '<LIB-NAME libname | LIB-VER libver>',
    since: '7.2.0',
    complexity: 'O(1)',
    summary: 'Names the client library, or its version.',
    run: clientSetinfo,
  },
  setname: {
    arity: 3,
    flags: OWN,
    syntax: 'connection-name',
    since: '2.6.9',
    complexity: 'O(1)',
    summary: 'Names the connection.',
    run: clientSetname,
  },
  tracking: {
    arity: -3,
    flags: OWN,
    syntax:
      '<ON | OFF> [REDIRECT client-id] [PREFIX prefix [PREFIX prefix ...]] [BCAST] [OPTIN] [OPTOUT] [NOLOOP]',
    since: '6.0.0',
    complexity: 'O(1). Some options may introduce additional complexity.',
    summary: 'Switches client-side caching off; switching it on is refused.',
    run: clientTracking,
  },
  trackinginfo: {
    arity: 2,
    flags: OWN,
    since: '6.2.0',
    complexity: 'O(1)',
    summary: 'Describes client-side caching of the connection: it is off.',
    run: clientTrackinginfo,
  },
  unblock: {
    arity: -3,
    flags: ADMIN,
    syntax: 'client-id [TIMEOUT | ERROR]',
    since: '5.0.0',
    complexity: 'O(log N) where N is the number of client connections',
    summary: 'Ends the waiting of another client that is blocked.',
    run: clientUnblock,
  },
  unpause: {
    arity: 2,
    flags: ADMIN,
    since: '6.2.0',
    complexity: 'O(N) Where N is the number of paused clients',
    summary: 'Ends CLIENT PAUSE.',
    run: clientUnpause,
  },
} satisfies CommandGroup;

export const client = {
  client: {
    arity: -2,
    since: '2.4.0',
    complexity: 'Depends on subcommand.',
    summary: 'Holds the commands about connections.',
    subcommands,
  },
} satisfies CommandGroup;
