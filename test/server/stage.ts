import type { CommandGroup } from '../../src/commands/command.ts';
import { client } from '../../src/commands/connection/client.ts';
import { connection } from '../../src/commands/connection/connection.ts';
import { monitor } from '../../src/commands/server/monitor.ts';
import { CommandTable } from '../../src/commands/table.ts';
import { transactions } from '../../src/commands/transactions.ts';
import { type Config, configFrom } from '../../src/config/config.ts';
import { Settings } from '../../src/config/live.ts';
import { CommandError } from '../../src/errors.ts';
import { Instance } from '../../src/instance/instance.ts';
import { GATE_AUTH, type Outlet, Session } from '../../src/instance/session.ts';
import { Keyspace } from '../../src/keyspace/keyspace.ts';
import { createLogger } from '../../src/log.ts';
import { ReplyWriter } from '../../src/resp/reply-writer.ts';
import { StoredRequest } from '../../src/resp/request.ts';
import { Dispatcher, MUST_WAIT } from '../../src/server/dispatcher.ts';

/** Commands that no server has, for what only they can show. */
const props = {
  put: {
    arity: 3,
    flags: ['write', 'denyoom'],
    since: '1',
    summary: 'Sets a string.',
    run: ({ args, database, reply }) => {
      const { buffer } = args;
      database.setString(buffer, args.start(1), args.length(1), buffer, args.start(2), args.length(2), 0);
      reply.ok();
    },
  },
  look: {
    arity: 2,
    flags: ['readonly', 'fast'],
    since: '1',
    summary: 'Says whether there is a key.',
    run: ({ args, database, reply }) => {
      reply.integer(database.read(args.buffer, args.start(1), args.length(1)) === 0 ? 0 : 1);
    },
  },
  touching: {
    arity: 1,
    since: '1',
    summary: 'Says whether the running command counts as a use of its keys.',
    run: ({ keyspace, reply }) => reply.boolean(keyspace.touching),
  },
  bug: {
    arity: -1,
    since: '1',
    summary: 'Fails by a fault of ours, with half a reply written.',
    run: ({ reply }) => {
      reply.array(2);
      reply.text('half');
      throw new TypeError('a fault of ours');
    },
  },
  half: {
    arity: 1,
    since: '1',
    summary: 'Fails by a fault of the client, with half a reply written.',
    run: ({ reply }) => {
      reply.protocol = 3;
      reply.map(2);
      reply.null();
      throw new CommandError('ERR half way');
    },
  },
  leave: {
    arity: 1,
    flags: ['no_multi'],
    since: '1',
    summary: 'Is not allowed inside MULTI.',
    run: ({ reply }) => reply.ok(),
  },
  shout: {
    arity: 1,
    flags: ['may_replicate'],
    since: '1',
    summary: 'Changes no data but counts as a write.',
    run: ({ reply }) => reply.ok(),
  },
} satisfies CommandGroup;

/** One client: its session and what was sent to it outside of its replies. */
export interface Speaker {
  readonly session: Session;
  readonly pushed: string[];
  readonly ends: string[];
}

/** A dispatcher with all it needs, no sockets, and a clock that stands still. */
export class Stage {
  readonly instance: Instance;
  readonly table: CommandTable;
  readonly clock = { time: 1_700_000_000_000, now: () => this.clock.time };
  readonly logged: string[] = [];
  readonly #dispatcher: Dispatcher;
  readonly #reply = new ReplyWriter();

  constructor(options: Partial<Config> = {}) {
    const config = configFrom({ logLevel: 'info', ...options });
    const log = createLogger(config, { role: 'test' }, { write: (line) => this.logged.push(line) });
    this.table = new CommandTable({
      connection: { ...connection, ...client },
      server: monitor,
      transactions,
      test: props,
    });
    const keyspace = new Keyspace({ clock: this.clock, random: () => 0.5, databases: 16 });
    this.instance = new Instance({
      keyspace,
      settings: new Settings(config),
      log,
      commandCount: this.table.commands.length,
      shutdown: () => {},
    });
    this.#dispatcher = new Dispatcher(this.instance, this.table, this.#reply);
  }

  speaker(): Speaker {
    const pushed: string[] = [];
    const ends: string[] = [];
    const outlet: Outlet = {
      facts: { queryBuffer: 0, outputBuffer: 0 },
      push: (_session, bytes) => pushed.push(Buffer.from(bytes).toString('latin1')),
      close: (_session, reason, immediately) => ends.push(`${reason}${immediately ? ' at once' : ''}`),
    };
    const { sessions, settings } = this.instance;
    const id = sessions.nextId();
    const session = new Session(id, `127.0.0.1:${id}`, '127.0.0.1:6379', this.clock.time, outlet);
    session.authenticated = settings.values.requirepass === '';
    if (!session.authenticated) session.shut(GATE_AUTH);
    sessions.add(session);
    return { session, pushed, ends };
  }

  /** Runs one command line, split at spaces. @returns its reply (latin1), or undefined if it must wait. */
  run({ session }: Speaker, line: string): string | undefined {
    const request = new StoredRequest(line.split(' ').map((word) => Buffer.from(word, 'latin1')));
    this.#dispatcher.beginBatch();
    const result = this.#dispatcher.execute(session, request);
    this.#dispatcher.endBatch();
    const reply = this.#reply.take().toString('latin1');
    return result === MUST_WAIT ? undefined : reply;
  }

  /** Runs command lines one behind the other. @returns all their replies. */
  runAll(speaker: Speaker, ...lines: readonly string[]): string {
    return lines.map((line) => this.run(speaker, line) ?? '(waits)').join('');
  }
}
