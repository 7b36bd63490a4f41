import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Speaker, Stage } from './stage.ts';

const QUEUED = '+QUEUED\r\n';
const OK = '+OK\r\n';

function begin(options: ConstructorParameters<typeof Stage>[0] = {}): { stage: Stage; speaker: Speaker } {
  const stage = new Stage(options);
  return { stage, speaker: stage.speaker() };
}

describe('execute() while CLIENT PAUSE is on', () => {
  test('lets writes wait, and EXEC if it holds one, until the time has come', () => {
    const { stage, speaker } = begin();
    stage.runAll(speaker, 'PUT k v', 'MULTI', 'PUT k w');
    const other = stage.speaker();
    assert.equal(stage.run(other, 'CLIENT PAUSE 100 WRITE'), OK);
    assert.equal(stage.run(speaker, 'EXEC'), undefined);
    assert.equal(stage.runAll(other, 'PUT k x', 'SHOUT', 'LOOK k'), '(waits)(waits):1\r\n');
    assert.equal(stage.runAll(other, 'MULTI', 'LOOK k', 'EXEC'), `${OK}${QUEUED}*1\r\n:1\r\n`);
    assert.equal(stage.runAll(other, 'MULTI', 'PUT k x', 'DISCARD'), `${OK}(waits)${OK}`);
    stage.clock.time += 100;
    assert.equal(stage.run(other, 'PUT k x'), OK);
    assert.equal(stage.run(speaker, 'EXEC'), `*1\r\n${OK}`);
  });

  test('ALL lets everything wait; what is refused is refused at once', () => {
    const { stage, speaker } = begin();
    stage.run(speaker, 'CLIENT PAUSE 100 ALL');
    assert.equal(stage.runAll(speaker, 'PING', 'CLIENT UNPAUSE', 'MULTI'), '(waits)(waits)(waits)');
    assert.match(stage.run(speaker, 'NOSUCH') ?? '', /^-ERR unknown command/);
  });
});

describe('execute() and CLIENT REPLY', () => {
  const SCENES: ReadonlyArray<readonly [lines: string, replies: string]> = [
    ['CLIENT REPLY SKIP|PING|ECHO a', '$1\r\na\r\n'],
    ['CLIENT REPLY SKIP|NOSUCH|ECHO a', '$1\r\na\r\n'],
    ['CLIENT REPLY SKIP|ECHO|ECHO a', '$1\r\na\r\n'],
    ['CLIENT REPLY SKIP|CLIENT REPLY SKIP|PING|ECHO a', '$1\r\na\r\n'],
    ['CLIENT REPLY SKIP|CLIENT REPLY OFF|PING|CLIENT REPLY ON|ECHO a', `${OK}$1\r\na\r\n`],
    ['CLIENT REPLY SKIP|CLIENT REPLY ON|ECHO a', `${OK}$1\r\na\r\n`],
    ['CLIENT REPLY SKIP|CLIENT REPLY FOO|ECHO a', '$1\r\na\r\n'],
    ['CLIENT REPLY SKIP|RESET|ECHO a', '$1\r\na\r\n'],
    ['CLIENT REPLY OFF|PING|NOSUCH|ECHO|BUG|CLIENT REPLY SKIP|PING|CLIENT REPLY ON', OK],
    ['CLIENT REPLY OFF|RESET|ECHO a', '+RESET\r\n$1\r\na\r\n'],
    ['CLIENT REPLY SKIP|MULTI|PING|EXEC', `${QUEUED}*1\r\n+PONG\r\n`],
    ['CLIENT REPLY OFF|MULTI|PING|EXEC|CLIENT REPLY ON', OK],
    // Inside EXEC Redis sends arrays that are too short; here they are whole or not there.
    ['MULTI|CLIENT REPLY OFF|PING|EXEC|PING|CLIENT REPLY ON', `${OK}${QUEUED}${QUEUED}${OK}`],
    ['MULTI|CLIENT REPLY SKIP|PING|EXEC|PING|ECHO a', `${OK}${QUEUED}${QUEUED}$1\r\na\r\n`],
    ['CLIENT REPLY OFF|MULTI|PING|CLIENT REPLY ON|EXEC|ECHO a', `*2\r\n+PONG\r\n${OK}$1\r\na\r\n`],
  ];
  for (const [lines, replies] of SCENES) {
    test(lines, () => {
      const { stage, speaker } = begin();
      assert.equal(stage.runAll(speaker, ...lines.split('|')), replies);
    });
  }

  test('drops a refusal for want of memory as well', () => {
    const { stage, speaker } = begin();
    stage.run(speaker, 'PUT k v');
    stage.instance.settings.set([['maxmemory', '1']]);
    assert.equal(stage.runAll(speaker, 'CLIENT REPLY SKIP', 'PUT k w', 'ECHO a'), '$1\r\na\r\n');
  });
});

describe('execute() and MONITOR', () => {
  const line = (id: number, words: string, database = 0) =>
    `+1700000000.000000 [${database} 127.0.0.1:${id}] ${words}\r\n`;

  test('shows what has run, transactions from the inside out, and nothing that was refused', () => {
    const { stage, speaker } = begin();
    const watcher = stage.speaker();
    assert.equal(stage.run(watcher, 'MONITOR'), OK);
    stage.runAll(
      speaker,
      'ECHO',
      'NOSUCH',
      'CLIENT LIST',
      'SELECT 3',
      'MULTI',
      'half',
      'PUT k "v\n\xff',
      'EXEC',
    );
    assert.deepEqual(watcher.pushed, [
      line(1, '"SELECT" "3"', 3),
      line(1, '"MULTI"', 3),
      line(1, '"half"', 3),
      line(1, '"PUT" "k" "\\"v\\n\\xff"', 3),
      line(1, '"EXEC"', 3),
    ]);
  });

  test('hides passwords, there and in the slow log', () => {
    const { stage, speaker } = begin({ slowlogLogSlowerThan: 0 });
    const watcher = stage.speaker();
    stage.run(watcher, 'MONITOR');
    stage.runAll(
      speaker,
      'AUTH secret',
      'AUTH default secret',
      'HELLO 3 AUTH default secret SETNAME me',
      'MULTI',
    );
    stage.runAll(speaker, 'AUTH default secret', 'EXEC');
    assert.deepEqual(watcher.pushed, [
      line(1, '"AUTH" "(redacted)"'),
      line(1, '"AUTH" "(redacted)" "(redacted)"'),
      line(1, '"HELLO" "3" "AUTH" "(redacted)" "(redacted)" "SETNAME" "me"'),
      line(1, '"MULTI"'),
      line(1, '"AUTH" "(redacted)" "(redacted)"'),
      line(1, '"EXEC"'),
    ]);
    const shown = stage.instance.slowLog.newest(100).map(({ argv }) => Buffer.concat(argv).toString());
    assert.equal(shown.filter((text) => text.includes('(redacted)')).length, 4);
    assert.doesNotMatch(shown.join(), /secret/);
  });

  test('shows a session its own commands behind their replies, those of EXEC behind the array', () => {
    const { stage, speaker } = begin();
    assert.equal(stage.runAll(speaker, 'MONITOR', 'MONITOR'), OK);
    assert.equal(stage.run(speaker, 'PING'), `+PONG\r\n${line(1, '"PING"')}`);
    assert.equal(
      stage.runAll(speaker, 'MULTI', 'PING', 'ECHO a'),
      `${OK}${line(1, '"MULTI"')}${QUEUED}${QUEUED}`,
    );
    assert.equal(
      stage.run(speaker, 'EXEC'),
      `*2\r\n+PONG\r\n$1\r\na\r\n${line(1, '"PING"')}${line(1, '"ECHO" "a"')}${line(1, '"EXEC"')}`,
    );
    assert.deepEqual(speaker.pushed, []);
    assert.equal(stage.run(speaker, 'LOOK k'), "-ERR Replica can't interact with the keyspace\r\n");
    assert.equal(stage.runAll(speaker, 'RESET', 'LOOK k'), '+RESET\r\n:0\r\n');
  });

  test('is refused inside a transaction', () => {
    const { stage, speaker } = begin();
    assert.equal(
      stage.runAll(speaker, 'MULTI', 'MONITOR', 'EXEC'),
      `${OK}${QUEUED}*1\r\n-ERR MONITOR isn't allowed for DENY BLOCKING client\r\n`,
    );
  });
});

describe('execute() and CLIENT NO-TOUCH', () => {
  test('commands of the session count as no use of keys; those of others do', () => {
    const { stage, speaker } = begin();
    const other = stage.speaker();
    stage.run(speaker, 'CLIENT NO-TOUCH ON');
    assert.equal(stage.runAll(speaker, 'TOUCHING', 'BUG'), ':0\r\n-ERR internal error\r\n');
    assert.equal(stage.runAll(other, 'TOUCHING'), ':1\r\n');
    assert.equal(stage.runAll(speaker, 'MULTI', 'TOUCHING', 'EXEC'), `${OK}${QUEUED}*1\r\n:0\r\n`);
    assert.equal(stage.runAll(speaker, 'CLIENT NO-TOUCH OFF', 'TOUCHING'), `${OK}:1\r\n`);
  });
});
