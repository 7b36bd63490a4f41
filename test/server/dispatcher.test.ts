import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Speaker, Stage } from './stage.ts';

const QUEUED = '+QUEUED\r\n';
const OK = '+OK\r\n';
const OOM = "OOM command not allowed when used memory > 'maxmemory'.";
const ABORTED = '-EXECABORT Transaction discarded because of previous errors.\r\n';

function begin(options: ConstructorParameters<typeof Stage>[0] = {}): { stage: Stage; speaker: Speaker } {
  const stage = new Stage(options);
  return { stage, speaker: stage.speaker() };
}

describe('execute(): a command that cannot be called', () => {
  const UNKNOWN = [
    ['NOSUCH', "-ERR unknown command 'NOSUCH', with args beginning with: \r\n"],
    ['nosuch a b', "-ERR unknown command 'nosuch', with args beginning with: 'a' 'b' \r\n"],
    [
      `x ${'a'.repeat(200)} b`,
      `-ERR unknown command 'x', with args beginning with: '${'a'.repeat(128)}' \r\n`,
    ],
    ['n\r\nm', "-ERR unknown command 'n  m', with args beginning with: \r\n"],
    // Not among the rows: Redis finds PING where its random hash puts both names in one bucket.
    ['PING\0', "-ERR unknown command 'PING', with args beginning with: \r\n"],
    ['CLIENT nosuch', "-ERR unknown subcommand 'nosuch'. Try CLIENT HELP.\r\n"],
    ['CLIENT', "-ERR wrong number of arguments for 'client' command\r\n"],
    ['ECHO', "-ERR wrong number of arguments for 'echo' command\r\n"],
    ['eChO a b', "-ERR wrong number of arguments for 'echo' command\r\n"],
    ['CLIENT id x', "-ERR wrong number of arguments for 'client|id' command\r\n"],
  ] as const;
  for (const [line, reply] of UNKNOWN) {
    test(`answers ${JSON.stringify(line.slice(0, 40))} as Redis does and goes on`, () => {
      const { stage, speaker } = begin();
      assert.equal(stage.run(speaker, line), reply);
      assert.equal(stage.run(speaker, 'PING'), '+PONG\r\n');
      assert.equal(stage.instance.errors.total, 1);
    });
  }

  test('counts what was unknown and what was rejected, by command', () => {
    const { stage, speaker } = begin();
    stage.runAll(speaker, 'NOSUCH', 'ECHO', 'ECHO', 'CLIENT nosuch');
    const rejected = (name: string) =>
      stage.instance.commandCounters.figures(stage.table.get(name)!.index)?.rejected;
    assert.equal(stage.instance.unknownCommands, 1);
    assert.equal(rejected('echo'), 2);
    assert.equal(rejected('client'), 1);
  });

  for (const line of ['POST / HTTP/1.1', 'host: localhost', 'Host:']) {
    test(`closes on ${line} without a word, as it is HTTP`, () => {
      const { stage, speaker } = begin();
      assert.equal(stage.run(speaker, line), '');
      assert.equal(speaker.session.closing, 'protocol_error');
      assert.match(stage.logged.join(), /HTTP/);
    });
  }
});

describe('execute(): a command that fails', () => {
  test('by a fault of ours is answered -ERR internal error, logged without arguments, and the client lives', () => {
    const { stage, speaker } = begin();
    assert.equal(stage.run(speaker, 'BUG secret'), '-ERR internal error\r\n');
    assert.equal(stage.run(speaker, 'PING'), '+PONG\r\n');
    assert.equal(speaker.session.closing, undefined);
    assert.equal(stage.logged.length, 1);
    const { level, command, err } = JSON.parse(stage.logged[0]!);
    assert.deepEqual([level, command, err.message], ['error', 'bug', 'a fault of ours']);
    assert.doesNotMatch(stage.logged[0]!, /secret/);
  });

  test('by a fault of the client leaves no half reply and is not logged', () => {
    const { stage, speaker } = begin();
    assert.equal(stage.run(speaker, 'HALF'), '-ERR half way\r\n');
    assert.deepEqual(stage.logged, []);
  });

  test('inside EXEC leaves neither a half reply nor a short array', () => {
    const { stage, speaker } = begin();
    const replies = stage.runAll(speaker, 'MULTI', 'BUG', 'ECHO a', 'HALF', 'CLIENT GETNAME', 'EXEC');
    assert.equal(
      replies,
      `${OK}${QUEUED.repeat(4)}*4\r\n-ERR internal error\r\n$1\r\na\r\n-ERR half way\r\n$-1\r\n`,
    );
    assert.equal(speaker.session.queue, undefined);
    assert.equal(stage.run(speaker, 'PING'), '+PONG\r\n');
  });

  test('is counted as failed', () => {
    const { stage, speaker } = begin();
    stage.runAll(speaker, 'BUG', 'HALF', 'PING');
    const figures = (name: string) => stage.instance.commandCounters.figures(stage.table.get(name)!.index);
    assert.deepEqual([figures('bug')?.ok, figures('bug')?.error], [0, 1]);
    assert.deepEqual([figures('half')?.error, figures('ping')?.error], [1, 0]);
  });
});

describe('execute(): the order of checks before AUTH', () => {
  const EXECABORT = '-EXECABORT Transaction discarded because of:';
  const REFUSED = [
    ['PING', '-NOAUTH Authentication required.\r\n'],
    ['NOSUCH', "-ERR unknown command 'NOSUCH', with args beginning with: \r\n"],
    ['ECHO', "-ERR wrong number of arguments for 'echo' command\r\n"],
    ['CLIENT nosuch', "-ERR unknown subcommand 'nosuch'. Try CLIENT HELP.\r\n"],
    ['EXEC', `${EXECABORT} NOAUTH Authentication required.\r\n`],
    ['EXEC 1', `${EXECABORT} wrong number of arguments for 'exec' command\r\n`],
    ['MULTI', '-NOAUTH Authentication required.\r\n'],
    ['RESET', '+RESET\r\n'],
    ['QUIT', OK],
    ['AUTH secret', OK],
  ] as const;
  for (const [line, reply] of REFUSED) {
    test(`answers ${line}`, () => {
      const { stage, speaker } = begin({ requirepass: 'secret' });
      assert.equal(stage.run(speaker, line), reply);
    });
  }

  test('AUTH opens the gate, RESET closes it, and failures are counted', () => {
    const { stage, speaker } = begin({ requirepass: 'secret' });
    const failures = () => new Map(stage.instance.errors.entries()).get('WRONGPASS');
    const wrong = '-WRONGPASS invalid username-password pair or user is disabled.\r\n';
    assert.equal(
      stage.runAll(speaker, 'AUTH wrong', 'AUTH x secret', 'HELLO 3 AUTH default no'),
      wrong.repeat(3),
    );
    assert.equal(failures(), 3);
    assert.equal(stage.runAll(speaker, 'AUTH secret', 'PING'), `${OK}+PONG\r\n`);
    assert.equal(stage.runAll(speaker, 'RESET', 'PING'), '+RESET\r\n-NOAUTH Authentication required.\r\n');
    assert.equal(failures(), 3);
  });

  test('a password set later logs nobody out, one taken away lets everybody in', () => {
    const { stage, speaker } = begin();
    stage.instance.settings.set([['requirepass', 'secret']]);
    const late = stage.speaker();
    assert.equal(stage.run(speaker, 'PING'), '+PONG\r\n');
    assert.equal(stage.run(late, 'PING'), '-NOAUTH Authentication required.\r\n');
    stage.instance.settings.set([['requirepass', '']]);
    assert.equal(stage.run(late, 'PING'), '+PONG\r\n');
  });
});

describe('execute() inside MULTI', () => {
  test('refuses what is not allowed there and then the transaction', () => {
    const { stage, speaker } = begin();
    assert.equal(
      stage.runAll(speaker, 'MULTI', 'LEAVE', 'EXEC', 'LEAVE'),
      `${OK}-ERR Command not allowed inside a transaction\r\n${ABORTED}${OK}`,
    );
  });

  test('keeps nothing more once the transaction cannot be executed', () => {
    const { stage, speaker } = begin();
    stage.runAll(speaker, 'MULTI', 'ECHO a', 'NOSUCH');
    assert.equal(stage.run(speaker, 'ECHO b'), QUEUED);
    assert.equal(speaker.session.queue?.length, 1);
    assert.equal(stage.run(speaker, 'EXEC'), ABORTED);
  });

  test('an EXEC that is refused itself discards the transaction and what is watched', () => {
    const { stage, speaker } = begin();
    stage.runAll(speaker, 'WATCH k', 'MULTI', 'PUT k v');
    assert.match(stage.run(speaker, 'EXEC now') ?? '', /^-EXECABORT .* wrong number of arguments for 'exec'/);
    assert.deepEqual([speaker.session.queue, speaker.session.watching], [undefined, 0]);
    assert.equal(stage.instance.keyspace.watch.size, 0);
    assert.equal(stage.run(speaker, 'EXEC'), '-ERR EXEC without MULTI\r\n');
  });

  test('a key under WATCH that has expired at EXEC counts as changed', () => {
    const { stage, speaker } = begin();
    stage.run(speaker, 'PUT k v');
    const [database] = stage.instance.keyspace.databases;
    const key = Buffer.from('k');
    database!.setExpiry(database!.peek(key, 0, 1), stage.clock.time + 10);
    stage.runAll(speaker, 'WATCH k', 'MULTI', 'PING');
    stage.clock.time += 11;
    assert.equal(stage.run(speaker, 'EXEC'), '*-1\r\n');
    assert.equal(
      stage.runAll(speaker, 'WATCH k', 'MULTI', 'PING', 'EXEC'),
      `${OK}${OK}${QUEUED}*1\r\n+PONG\r\n`,
    );
  });

  test('with the memory full refuses everything but what ends the transaction', () => {
    const { stage, speaker } = begin();
    stage.run(speaker, 'PUT k v');
    stage.instance.settings.set([['maxmemory', '1']]);
    assert.equal(stage.runAll(speaker, 'LOOK k', 'PUT k w'), `:1\r\n-${OOM}\r\n`);
    assert.equal(stage.runAll(speaker, 'MULTI', 'LOOK k', 'WATCH k'), `${OK}-${OOM}\r\n-${OOM}\r\n`);
    assert.equal(stage.runAll(speaker, 'DISCARD', 'MULTI', 'EXEC'), `${OK}${OK}*0\r\n`);
  });

  test('with the memory full EXEC runs only if nothing in it may take memory', () => {
    const { stage, speaker } = begin();
    stage.runAll(speaker, 'PUT k v', 'MULTI', 'LOOK k');
    stage.instance.settings.set([['maxmemory', '1']]);
    assert.equal(stage.run(speaker, 'EXEC'), '*1\r\n:1\r\n');
    stage.instance.settings.set([['maxmemory', '0']]);
    stage.runAll(speaker, 'MULTI', 'PUT k v');
    stage.instance.settings.set([['maxmemory', '1']]);
    assert.equal(stage.run(speaker, 'EXEC'), `-EXECABORT Transaction discarded because of: ${OOM}\r\n`);
    assert.equal(stage.run(speaker, 'EXEC'), '-ERR EXEC without MULTI\r\n');
  });
});

describe('execute() and the last command', () => {
  test('CLIENT INFO names the request that was read, also if it was queued or unknown', () => {
    const { stage, speaker } = begin();
    const last = (line: string) => {
      stage.run(speaker, line);
      return speaker.session.lastCommand?.name;
    };
    assert.equal(last('PING'), 'ping');
    assert.equal(last('CLIENT ID'), 'client|id');
    assert.equal(last('NOSUCH'), undefined);
    assert.equal(last('MULTI'), 'multi');
    assert.equal(last('ECHO a'), 'echo');
    assert.match(stage.runAll(speaker, 'CLIENT INFO', 'EXEC'), /flags=x .* multi=2 .* cmd=exec /);
  });
});
