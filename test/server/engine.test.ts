import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Config, configFrom } from '../../src/config/config.ts';
import { Settings } from '../../src/config/live.ts';
import type { Outlet, Session } from '../../src/instance/session.ts';
import { createLogger } from '../../src/log.ts';
import { OutOfMemoryError } from '../../src/memory/arena.ts';
import { INCOMPLETE, REQUEST, RequestParser } from '../../src/resp/request-parser.ts';
import { Engine, LARGE_BATCH, Refusal, WORKER_SETTINGS } from '../../src/server/engine.ts';
import { until } from '../process/until.ts';

interface Caller {
  readonly session: Session;
  /** What came outside of a batch. */
  readonly pushed: string[];
}

/** An engine whose time stands still, and who calls it. */
class EngineStage {
  readonly clock = { time: 1_700_000_000_000, now: () => this.clock.time };
  readonly engine: Engine;
  readonly #parser = new RequestParser();

  constructor(options: Partial<Config> = {}) {
    const config = configFrom({ logLevel: 'silent', ...options });
    const log = createLogger(config, { role: 'test' });
    this.engine = new Engine({
      settings: new Settings(config),
      log,
      clock: this.clock,
      random: () => 0.5,
      shutdown: () => {},
    });
  }

  open(address = '127.0.0.1:5'): Caller {
    const pushed: string[] = [];
    const outlet: Outlet = {
      facts: { queryBuffer: 0, outputBuffer: 0 },
      push: (_session, bytes) => pushed.push(Buffer.from(bytes).toString('latin1')),
      close: () => {},
    };
    const session = this.engine.open(address, '127.0.0.1:6379', outlet);
    assert.ok(!(session instanceof Refusal));
    return { session, pushed };
  }

  /** Runs a batch of one session. @returns the replies. */
  run({ session }: Caller, text: string): string {
    const { engine } = this;
    engine.begin();
    engine.beginSession(session);
    this.execute(session, text);
    engine.end();
    return engine.reply.take().toString('latin1');
  }

  execute(session: Session, text: string): void {
    const bytes = Buffer.from(text, 'latin1');
    const parser = this.#parser;
    parser.reset(0);
    for (;;) {
      const found = parser.parse(bytes, bytes.length);
      if (found === INCOMPLETE) return;
      if (found === REQUEST) this.engine.execute(session, parser);
      parser.reset(parser.end);
    }
  }
}

describe('Engine: memory runs out in the middle of a command', () => {
  /** From now on the arena can give so many blocks. */
  const leave = ({ engine }: EngineStage, blocks: number): void => {
    const { arena } = engine.instance.keyspace;
    const { allocate } = arena;
    let left = blocks;
    arena.allocate = (bytes) => {
      if (left-- <= 0) throw new OutOfMemoryError();
      return allocate.call(arena, bytes);
    };
  };
  const OOM = "-OOM command not allowed when used memory > 'maxmemory'.\r\n";
  const large = 'x'.repeat(20_000);

  for (const [made, stopped] of [
    ['RPUSH k a', `RPUSH k ${large} ${large} ${large}`],
    ['HSET k f v', `HSET k f1 ${large} f2 ${large} f3 ${large}`],
    ['SADD k a b', `SADD k ${large}1 ${large}2 ${large}3`],
    ['ZADD k 1 a', `ZADD k 1 ${large}1 1 ${large}2 1 ${large}3`],
  ] as const) {
    test(`what ${stopped.split(' ')[0]} has added is a change to who watches the key`, () => {
      const stage = new EngineStage();
      const [watching, writing] = [stage.open(), stage.open()];
      stage.run(writing, `${made}\r\n`);
      for (let blocks = 0; ; blocks++) {
        const stored = stage.run(writing, 'DUMP k\r\n');
        stage.run(watching, 'WATCH k\r\nMULTI\r\nPING\r\n');
        leave(stage, blocks);
        const reply = stage.run(writing, `${stopped}\r\n`);
        Reflect.deleteProperty(stage.engine.instance.keyspace.arena, 'allocate');
        const changed = stage.run(writing, 'DUMP k\r\n') !== stored;
        const executed = stage.run(watching, 'EXEC\r\n') !== '*-1\r\n';
        assert.ok(!(changed && executed), `changed unseen with ${blocks} blocks left`);
        if (reply !== OOM) return assert.ok(blocks > 0);
      }
    });
  }
});

describe('Engine.open', () => {
  test('refuses at maxclients and says so', () => {
    const stage = new EngineStage({ maxclients: 1 });
    const { session } = stage.open();
    const refusal = stage.engine.open('127.0.0.1:1', '', session.outlet);
    assert.ok(refusal instanceof Refusal);
    assert.deepEqual([refusal.reason, refusal.text], ['max_clients', 'ERR max number of clients reached']);
    stage.engine.close(session);
    assert.equal(stage.open().session.id, 2);
  });

  test('gives each session a number of its own, and forgets it when it is closed', () => {
    const stage = new EngineStage();
    const [a, b] = [stage.open(), stage.open()];
    assert.deepEqual([a.session.id, b.session.id], [1, 2]);
    stage.engine.close(a.session);
    stage.engine.close(a.session);
    assert.equal(stage.engine.instance.sessions.size, 1);
    assert.equal(stage.open().session.id, 3);
  });

  test('a session that must give a password runs nothing else', () => {
    const stage = new EngineStage({ requirepass: 'pw' });
    const caller = stage.open();
    assert.equal(caller.session.authenticated, false);
    assert.equal(
      stage.run(caller, 'GET k\r\nAUTH pw\r\nGET k\r\n'),
      '-NOAUTH Authentication required.\r\n+OK\r\n$-1\r\n',
    );
  });
});

describe('Engine: batches', () => {
  test('nobody gets what a batch that failed has left', () => {
    const stage = new EngineStage();
    const caller = stage.open();
    stage.engine.begin();
    stage.engine.beginSession(caller.session);
    stage.engine.reply.latin1('+half');
    assert.equal(stage.run(caller, 'PING\r\n'), '+PONG\r\n');
  });

  test('the replies of several sessions lie one behind the other, and each counts its own', () => {
    const stage = new EngineStage();
    const [a, b] = [stage.open(), stage.open()];
    const { engine } = stage;
    engine.begin();
    engine.beginSession(a.session);
    stage.execute(a.session, 'PING\r\nPING\r\n');
    engine.beginSession(b.session);
    stage.execute(b.session, 'ECHO b\r\n');
    engine.end();
    assert.equal(engine.reply.take().toString(), '+PONG\r\n+PONG\r\n$1\r\nb\r\n');
    assert.deepEqual([a.session.answered, b.session.answered], [2, 1]);
  });

  test('a session that is to end runs nothing any more', () => {
    const stage = new EngineStage();
    const caller = stage.open();
    assert.equal(stage.run(caller, 'QUIT\r\nSET k v\r\n'), '+OK\r\n');
    assert.equal(caller.session.closing, 'client');
    assert.equal(stage.run(stage.open(), 'EXISTS k\r\n'), ':0\r\n');
  });

  test('replies of one batch beyond the hard limit end the session; others of the same batch are kept', () => {
    const stage = new EngineStage();
    const [a, b] = [stage.open(), stage.open()];
    stage.run(a, `SETRANGE k ${LARGE_BATCH} x\r\nCONFIG SET client-output-buffer-limit "normal 3mb 0 0"\r\n`);
    const { engine } = stage;
    engine.begin();
    engine.beginSession(a.session);
    stage.execute(a.session, 'PING\r\n');
    engine.beginSession(b.session);
    stage.execute(b.session, 'GET k\r\n'.repeat(5));
    engine.end();
    assert.equal(engine.reply.take().toString(), '+PONG\r\n');
    assert.deepEqual([a.session.closing, b.session.closing], [undefined, 'slow_client']);
  });

  test('replies that were sent on in parts count too', () => {
    const stage = new EngineStage();
    const caller = stage.open();
    stage.run(
      caller,
      `SETRANGE k ${LARGE_BATCH} x\r\nCONFIG SET client-output-buffer-limit "normal 3mb 0 0"\r\n`,
    );
    const { engine } = stage;
    engine.begin();
    engine.beginSession(caller.session);
    let sent = 0;
    for (let i = 0; i < 3; i++) {
      stage.execute(caller.session, 'GET k\r\n');
      engine.sendPart(() => {
        sent += engine.reply.length;
        engine.reply.clear();
      });
    }
    engine.end();
    assert.equal(caller.session.closing, 'slow_client');
    assert.equal(sent, 2 * (LARGE_BATCH + 1 + 12));
    engine.begin();
    const other = stage.open();
    engine.beginSession(other.session);
    stage.execute(other.session, 'GET k\r\n'.repeat(2));
    assert.equal(other.session.closing, undefined, 'the next session starts from zero');
    engine.end();
  });

  test('afterBatch is called behind every batch', () => {
    const stage = new EngineStage();
    let batches = 0;
    stage.engine.afterBatch = () => batches++;
    const caller = stage.open();
    stage.run(caller, 'PING\r\nPING\r\n');
    stage.run(caller, 'PING\r\n');
    assert.equal(batches, 2);
  });
});

describe('Engine: CLIENT PAUSE', () => {
  test('keeps what came meanwhile and runs it in order when the time is over', async () => {
    const stage = new EngineStage();
    const [a, b] = [stage.open(), stage.open()];
    stage.run(a, 'CLIENT PAUSE 20 WRITE\r\n');
    assert.equal(stage.run(b, 'GET k\r\nSET k 1\r\nGET k\r\n'), '$-1\r\n');
    assert.equal(stage.run(b, 'INCR k\r\n'), '');
    assert.equal(b.session.backlog.length, 3);
    stage.clock.time += 20;
    await until('it goes on', () => b.pushed.length > 0);
    assert.deepEqual(b.pushed, ['+OK\r\n$1\r\n1\r\n:2\r\n']);
    assert.equal(b.session.backlog.length, 0);
    assert.equal(stage.run(b, 'PING\r\n'), '+PONG\r\n');
  });

  test('a pause that was prolonged ends later; a session that begins another pause holds up those behind it', async () => {
    const stage = new EngineStage();
    const [a, b, c] = [stage.open(), stage.open(), stage.open()];
    stage.run(a, 'CLIENT PAUSE 10 WRITE\r\nCLIENT PAUSE 30 WRITE\r\n');
    stage.run(b, 'SET k 1\r\nCLIENT PAUSE 100000 WRITE\r\nSET k 2\r\n');
    stage.run(c, 'SET k 3\r\n');
    stage.clock.time += 30;
    await until('one goes on', () => b.pushed.length > 0);
    assert.deepEqual([b.pushed, c.pushed], [['+OK\r\n+OK\r\n'], ['']]);
    assert.equal(stage.run(a, 'GET k\r\nCLIENT UNPAUSE\r\n'), '$1\r\n1\r\n+OK\r\n');
    await until('all go on', () => c.pushed.length > 1);
    assert.deepEqual([b.pushed[1], c.pushed[1]], ['+OK\r\n', '+OK\r\n']);
  });

  test('a session that is closed or killed while it waits runs nothing', async () => {
    const stage = new EngineStage();
    const [a, b, c] = [stage.open(), stage.open(), stage.open()];
    stage.run(a, 'CLIENT PAUSE 100000 WRITE\r\n');
    stage.run(b, 'SET b 1\r\n');
    stage.run(c, `CLIENT KILL ID ${b.session.id}\r\nSET c 1\r\n`);
    stage.engine.close(c.session);
    stage.run(a, 'CLIENT UNPAUSE\r\n');
    await until('the pause is over', () => stage.engine.instance.pause.until === 0);
    assert.equal(stage.run(a, 'EXISTS b c\r\n'), ':0\r\n');
  });

  test('stop() leaves no timer', () => {
    const stage = new EngineStage();
    stage.run(stage.open(), 'CLIENT PAUSE 100000\r\n');
    const before = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    stage.engine.stop();
    assert.equal(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length, before - 1);
  });
});

test('Engine.workerSettings: pairs that CONFIG SET takes, for all that workers serve by', () => {
  const { engine } = new EngineStage({ requirepass: 'a b"c', timeout: 5 });
  const pairs = engine.workerSettings();
  assert.deepEqual(
    pairs.map(([name]) => name),
    [...WORKER_SETTINGS],
  );
  const other = new Settings(configFrom({}));
  other.set(pairs);
  assert.deepEqual([other.values.requirepass, other.values.timeout], ['a b"c', 5]);
});
