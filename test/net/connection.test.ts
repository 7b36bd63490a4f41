import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { until } from '../process/until.ts';
import { encodeCommand } from '../rows/wire.ts';
import type { ScriptedSocket } from './scripted-socket.ts';
import { SoloStage } from './solo-stage.ts';

const MB = 1024 * 1024;
const turn = () => new Promise((resolve) => setImmediate(resolve));
/** Waits until the connection is closed, and everybody knows. */
async function closed(socket: ScriptedSocket): Promise<void> {
  await until('the connection is closed', () => socket.closed);
  await turn();
}

const PIPELINE = [
  '*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$8\r\n\r\n\0\xff$1\r\n\r\n',
  '*2\r\n$3\r\nGET\r\n$1\r\nk\r\n',
  'ECHO "a b"\r\n',
  '\r\n*0\r\n',
  'MULTI\r\nINCR n\r\nEXEC\r\n',
  'NOSUCH\r\n',
  'PING\n',
].join('');
const PIPELINE_REPLIES = [
  '+OK\r\n',
  '$8\r\n\r\n\0\xff$1\r\n\r\n',
  '$3\r\na b\r\n',
  '+OK\r\n+QUEUED\r\n*1\r\n:1\r\n',
  "-ERR unknown command 'NOSUCH', with args beginning with: \r\n",
  '+PONG\r\n',
].join('');

describe('Connection: requests that come in pieces', () => {
  test('a pipeline cut at each byte in turn', () => {
    const stage = new SoloStage();
    for (let cut = 1; cut < PIPELINE.length; cut++) {
      stage.run('DEL', 'n');
      const client = stage.connect();
      client.say(PIPELINE, [cut]);
      assert.equal(client.heard, PIPELINE_REPLIES, `cut at ${cut}`);
      client.destroy();
    }
  });

  test('single bytes of many clients in turn', () => {
    const stage = new SoloStage();
    const clients = Array.from({ length: 20 }, () => stage.connect());
    for (const [i, client] of clients.entries()) client.say(`SELECT ${i % 16}\r\n`);
    for (const byte of PIPELINE) for (const client of clients) client.say(byte);
    clients.forEach((client, i) => {
      assert.equal(client.heard, `+OK\r\n${PIPELINE_REPLIES}`.replace(':1', `:${i < 16 ? 1 : 2}`));
    });
  });

  test('a value longer than any read, and a command right behind it', () => {
    const stage = new SoloStage();
    const client = stage.connect();
    const value = Buffer.alloc(3 * MB, 'v');
    client.say(Buffer.concat([encodeCommand(['SET', 'k', value]), Buffer.from('STRLEN k\r\n')]), [7, 40, MB]);
    assert.equal(client.hear(), `+OK\r\n:${3 * MB}\r\n`);
    client.say('GET k\r\n');
    assert.equal(client.hear(), `$${3 * MB}\r\n${value.toString('latin1')}\r\n`);
  });

  test('AUTH frees what follows it in the same read from the strict limits, and from a second read on too', () => {
    const stage = new SoloStage({ requirepass: 'pw' });
    const many = encodeCommand(['MSET', ...Array.from({ length: 20 }, (_, i) => `k${i}`)]);
    const one = stage.connect();
    one.say(Buffer.concat([encodeCommand(['AUTH', 'pw']), many]));
    assert.equal(one.heard, '+OK\r\n+OK\r\n');
    const two = stage.connect();
    two.say(Buffer.concat([encodeCommand(['AUTH', 'pw']), many]), [30, 60, 90]);
    assert.equal(two.heard, '+OK\r\n+OK\r\n');
    const three = stage.connect();
    three.say(many);
    assert.equal(three.heard, '-ERR Protocol error: unauthenticated multibulk length\r\n');
    assert.equal(three.ended, true);
  });

  test('CONFIG SET proto-max-bulk-len counts from the next read on', () => {
    const stage = new SoloStage();
    stage.run('CONFIG', 'SET', 'proto-max-bulk-len', '1mb');
    const client = stage.connect();
    client.say(`*1\r\n$${MB + 1}\r\n`);
    assert.equal(client.heard, '-ERR Protocol error: invalid bulk length\r\n');
  });
});

describe('Connection: the end', () => {
  test('a protocol error is told behind the replies before it; then the connection is closed and nothing runs', async () => {
    const stage = new SoloStage();
    const client = stage.connect();
    client.say('PING\r\n*1\r\n$x\r\nSET k v\r\n');
    assert.equal(client.heard, '+PONG\r\n-ERR Protocol error: invalid bulk length\r\n');
    assert.equal(client.ended, true);
    client.say('SET k v\r\n');
    await closed(client);
    assert.equal(stage.run('EXISTS', 'k'), ':0\r\n');
    assert.equal(stage.counters.closedBy.protocol_error, 1);
  });

  test('a client whose line never ends, as that of TLS, waits like at Redis, and when it goes that is why', async () => {
    const stage = new SoloStage();
    const hello = Buffer.from('16030100c8010000c40303', 'hex').toString('latin1');
    for (const line of [hello, 'PING\0\r\nPING\r\n', '*1\r\n$4\0\r\nPING\r\n']) {
      const ends = stage.connect();
      const leaves = stage.connect();
      for (const client of [ends, leaves]) {
        client.say(line);
        client.say('aaa');
        assert.deepEqual([client.heard, client.ended, client.destroyed], ['', false, false]);
      }
      ends.sayNoMore();
      leaves.destroy(new Error('read ECONNRESET'));
      await closed(ends);
      await closed(leaves);
    }
    const unfinished = stage.connect();
    unfinished.say('*1\r\n$4\r\nPI\0');
    unfinished.sayNoMore();
    await closed(unfinished);
    const { protocol_error, error, client } = stage.counters.closedBy;
    assert.deepEqual([protocol_error, error, client], [6, 0, 1]);
  });

  test('HTTP is cut: what the same read was answered is not sent', async () => {
    const stage = new SoloStage();
    const client = stage.connect();
    client.say('PING\r\n');
    client.say('SET k v\r\nPOST / HTTP/1.1\r\nSET k w\r\n');
    await closed(client);
    assert.equal(client.heard, '+PONG\r\n');
    assert.equal(stage.run('GET', 'k'), '$1\r\nv\r\n');
    assert.equal(stage.counters.closedBy.protocol_error, 1);
  });

  test('QUIT in a pipeline: what is behind it is ignored, also what is no request', async () => {
    const stage = new SoloStage();
    for (const behind of ['SET k v\r\n', '*x\r\n', '*3\r\n$3\r\nSET\r\n', 'x'.repeat(70_000)]) {
      const client = stage.connect();
      client.say(`PING\r\nQUIT\r\n${behind}`);
      assert.equal(client.heard, '+PONG\r\n+OK\r\n');
      await closed(client);
    }
    const { closedBy } = stage.counters;
    assert.deepEqual([closedBy.client, closedBy.protocol_error, closedBy.error], [4, 0, 0]);
    assert.equal(stage.run('EXISTS', 'k'), ':0\r\n');
  });

  test('a client that has sent its last byte still gets its replies, and what it left unfinished is forgotten', async () => {
    const stage = new SoloStage();
    const client = stage.connect();
    client.taking = false;
    client.say('PING\r\nECHO a\r\nSET k');
    client.sayNoMore();
    assert.deepEqual([client.heard, client.destroyed], ['', false]);
    client.catchUp();
    assert.equal(client.heard, '+PONG\r\n$1\r\na\r\n');
    await closed(client);
    assert.equal(client.ended, true);
  });

  test('a client that leaves while it has to wait is let go, and what it asked is not run', async () => {
    const stage = new SoloStage();
    const blocked = stage.connect();
    blocked.say('BLPOP q 0\r\nSET k v\r\n');
    stage.run('CLIENT', 'PAUSE', '100000', 'WRITE');
    const held = stage.connect();
    held.say('PING\r\nSET k v\r\nECHO a\r\n');
    for (const client of [blocked, held]) {
      assert.equal(client.paused, false, 'it is read from on');
      client.sayNoMore();
      await closed(client);
    }
    assert.deepEqual([blocked.heard, held.heard], ['', '+PONG\r\n']);
    stage.run('CLIENT', 'UNPAUSE');
    await turn();
    assert.equal(stage.run('RPUSH', 'q', 'job'), ':1\r\n');
    assert.deepEqual([stage.run('LLEN', 'q'), stage.run('EXISTS', 'k')], [':1\r\n', ':0\r\n']);
  });

  test('a client that sends too much while it has to wait is closed', async () => {
    const stage = new SoloStage({ clientQueryBufferLimit: 1024 * 1024 });
    const client = stage.connect();
    client.say('BLPOP q 0\r\n');
    for (let i = 0; i < 20 && !client.destroyed; i++) client.say(`ECHO ${'x'.repeat(60_000)}\r\n`);
    await closed(client);
    assert.equal(stage.counters.closedBy.slow_client, 1);
  });

  test('a protocol error behind what CLIENT PAUSE holds up is told when that has been answered', async () => {
    const stage = new SoloStage();
    stage.run('CLIENT', 'PAUSE', '100000', 'WRITE');
    const client = stage.connect();
    client.say('PING\r\nSET k v\r\nGET k\r\n*1\r\n$x\r\n');
    await turn();
    assert.deepEqual([client.heard, client.ended], ['+PONG\r\n', false]);
    stage.run('CLIENT', 'UNPAUSE');
    await closed(client);
    assert.equal(client.heard, '+PONG\r\n+OK\r\n$1\r\nv\r\n-ERR Protocol error: invalid bulk length\r\n');
    assert.equal(stage.counters.closedBy.protocol_error, 1);
  });

  test('a fault of ours costs one client its connection and shows nothing of it to others', async () => {
    const stage = new SoloStage();
    const client = stage.connect();
    const { execute } = stage.engine;
    stage.engine.execute = () => {
      stage.engine.reply.latin1('half a rep');
      throw new TypeError('a fault of ours');
    };
    client.say('PING\r\n');
    stage.engine.execute = execute;
    await closed(client);
    assert.equal(stage.run('PING'), '+PONG\r\n');
    assert.equal(stage.counters.closedBy.error, 1);
    assert.match(stage.logged.join(''), /a connection failed by a fault of the server/);
  });
});

describe('Connection: a client that does not read', () => {
  const limit = (stage: SoloStage, hard: string, soft: string, seconds: string) =>
    stage.run('CONFIG', 'SET', 'client-output-buffer-limit', `normal ${hard} ${soft} ${seconds}`);

  test('is closed at the hard limit, while others are served', async () => {
    const stage = new SoloStage();
    limit(stage, '100kb', '0', '0');
    stage.run('SET', 'k', 'v'.repeat(1000));
    const slow = stage.connect();
    slow.taking = false;
    slow.say('GET k\r\n'.repeat(50));
    assert.match(stage.run('CLIENT', 'LIST', 'ID', '3'), / omem=50450 /);
    assert.equal(slow.destroyed, false);
    slow.say('GET k\r\n'.repeat(60));
    assert.equal(slow.destroyed, true);
    await closed(slow);
    assert.equal(stage.run('PING'), '+PONG\r\n');
    assert.equal(stage.counters.closedBy.slow_client, 1);
    assert.equal(stage.counters.traffic.outputLimitCloses, 1);
    assert.equal(stage.counters.traffic.queryBufferLimitCloses, 0);
  });

  test('is closed in the middle of a batch of large replies, and the rest of the batch is not run', async () => {
    const stage = new SoloStage();
    limit(stage, '3mb', '0', '0');
    stage.run('SETRANGE', 'k', String(MB - 1), 'x');
    const slow = stage.connect();
    slow.taking = false;
    slow.say(`${'GET k\r\n'.repeat(20)}SET ran 1\r\n`);
    await closed(slow);
    assert.equal(stage.run('EXISTS', 'ran'), ':0\r\n');
    assert.equal(stage.counters.closedBy.slow_client, 1);
  });

  test('is closed after its time above the soft limit, but not if it catches up', async () => {
    const stage = new SoloStage();
    limit(stage, '0', '10kb', '3');
    stage.run('SET', 'k', 'v'.repeat(20_000));
    const [slow, late] = [stage.connect(), stage.connect()];
    for (const client of [slow, late]) {
      client.taking = false;
      client.say('GET k\r\n');
    }
    stage.pass(3);
    late.catchUp();
    stage.pass(1);
    late.taking = false;
    late.say('GET k\r\n');
    stage.pass(2);
    assert.deepEqual([slow.destroyed, late.destroyed], [true, false]);
    await closed(slow);
    assert.equal(stage.counters.closedBy.slow_client, 1);
  });

  test('is closed early as long as it owes a password', async () => {
    const stage = new SoloStage({ requirepass: 'pw' });
    const slow = stage.connect();
    slow.taking = false;
    slow.say('GET k\r\n'.repeat(30));
    assert.equal(slow.destroyed, false);
    slow.say('GET k\r\n'.repeat(30));
    assert.equal(slow.destroyed, true);
  });

  test('gets every byte as it was, however late it reads', () => {
    const stage = new SoloStage();
    const slow = stage.connect();
    slow.taking = false;
    let expected = '';
    for (let i = 0; i < 300; i++) {
      const text = String(i).repeat((i * 7) % 400);
      slow.say(encodeCommand(['ECHO', text]));
      expected += `$${text.length}\r\n${text}\r\n`;
      if (i % 50 === 49) slow.catchUp();
      if (i % 50 === 5) slow.taking = false;
      stage.run('ECHO', 'x'.repeat(1000));
    }
    slow.catchUp();
    assert.equal(slow.heard, expected);
  });

  test('shows in the gauges', () => {
    const stage = new SoloStage();
    const slow = stage.connect();
    slow.taking = false;
    slow.say('PING\r\n'.repeat(10));
    stage.pass(1);
    assert.deepEqual([stage.counters.outputBufferBytes, stage.counters.outputBufferMax], [70, 70]);
    slow.catchUp();
    stage.pass(1);
    assert.deepEqual([stage.counters.outputBufferBytes, stage.counters.outputBufferMax], [0, 0]);
  });

  test('MONITOR: is closed at the limit, and who is watched goes on', async () => {
    const stage = new SoloStage();
    limit(stage, '100kb', '0', '0');
    const watching = stage.connect();
    watching.say('MONITOR\r\n');
    watching.taking = false;
    const client = stage.connect();
    for (let i = 0; i < 150; i++) client.say(encodeCommand(['ECHO', 'x'.repeat(1000)]));
    assert.equal(client.heard.length, 150 * 1009);
    await closed(watching);
    assert.equal(stage.counters.closedBy.slow_client, 1);
    assert.equal(stage.engine.instance.monitors.size, 0);
  });
});

describe('Connection: a client that is silent', () => {
  test('is closed after `timeout` seconds, whatever it has not read', async () => {
    const stage = new SoloStage({ timeout: 3 });
    const [silent, stuck, talking] = [stage.connect(), stage.connect(), stage.connect()];
    stuck.taking = false;
    stuck.say('PING\r\n');
    for (let second = 0; second < 3; second++) {
      stage.pass(1);
      talking.say('PING\r\n');
    }
    assert.deepEqual([silent.destroyed, stuck.destroyed, talking.destroyed], [false, false, false]);
    stage.pass(1);
    assert.deepEqual([silent.destroyed, stuck.destroyed, talking.destroyed], [true, true, false]);
    await closed(silent);
    assert.equal(stage.counters.closedBy.idle_timeout, 2);
  });

  test('stays while it waits for an answer or watches', () => {
    const stage = new SoloStage({ timeout: 1 });
    const watching = stage.connect();
    watching.say('MONITOR\r\n');
    stage.run('CLIENT', 'PAUSE', '100000', 'WRITE');
    const waiting = stage.connect();
    waiting.say('SET k v\r\n');
    const silent = stage.connect();
    stage.pass(5);
    assert.deepEqual([watching.destroyed, waiting.destroyed, silent.destroyed], [false, false, true]);
    stage.engine.stop();
  });

  test('stays for ever by default', () => {
    const stage = new SoloStage();
    const silent = stage.connect();
    stage.pass(100_000);
    assert.equal(silent.destroyed, false);
  });
});

describe('Connection: client-query-buffer-limit', () => {
  test('closes who sends too long a request, at once', async () => {
    const stage = new SoloStage();
    stage.run('CONFIG', 'SET', 'client-query-buffer-limit', '1mb');
    const client = stage.connect();
    client.say(`*2\r\n$3\r\nGET\r\n$${2 * MB}\r\n${'x'.repeat(MB - 1000)}`);
    assert.match(stage.run('CLIENT', 'LIST', 'ID', '2'), / qbuf=1047599 /);
    assert.equal(client.destroyed, false);
    client.say('x'.repeat(2000));
    await closed(client);
    assert.equal(client.heard, '');
    assert.equal(stage.counters.closedBy.slow_client, 1);
    assert.equal(stage.counters.traffic.queryBufferLimitCloses, 1);
    assert.equal(stage.counters.traffic.outputLimitCloses, 0);
  });

  test('does not count whole requests', () => {
    const stage = new SoloStage();
    stage.run('CONFIG', 'SET', 'client-query-buffer-limit', '1mb');
    const client = stage.connect();
    client.say(
      'PING\r\n'.repeat(400_000),
      Array.from({ length: 60 }, (_, i) => i * 40_001),
    );
    assert.equal(client.heard.length, 7 * 400_000);
  });
});

describe('Connection: who is turned away', () => {
  test('at maxclients: one error, and the end', async () => {
    const stage = new SoloStage({ maxclients: 2 });
    const [one, two, three] = [stage.connect(), stage.connect(), stage.connect()];
    three.say('PING\r\n*x\r\n');
    assert.equal(three.heard, '-ERR max number of clients reached\r\n');
    await closed(three);
    one.say('PING\r\n');
    assert.equal(one.heard, '+PONG\r\n');
    assert.equal(stage.counters.rejectedBy.max_clients, 1);
    two.destroy();
    await closed(two);
    const four = stage.connect();
    four.say('PING\r\n');
    assert.equal(four.heard, '+PONG\r\n');
  });

  test('protected mode: from another machine while there is no password', async () => {
    const stage = new SoloStage();
    const stranger = stage.connect('192.0.2.7');
    assert.match(stranger.heard, /^-DENIED Redis is running in protected mode because .*\r\n$/);
    await closed(stranger);
    assert.equal(stage.counters.rejectedBy.protected_mode, 1);
    for (const address of ['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1']) {
      const own = stage.connect(address);
      own.say('PING\r\n');
      assert.equal(own.heard, '+PONG\r\n', address);
    }
    stage.run('CONFIG', 'SET', 'requirepass', 'pw');
    const known = stage.connect('192.0.2.7');
    known.say('AUTH pw\r\nPING\r\n');
    assert.equal(known.heard, '+OK\r\n+PONG\r\n');
    stage.engine.instance.settings.set([
      ['requirepass', ''],
      ['protected-mode', 'no'],
    ]);
    const welcome = stage.connect('192.0.2.7');
    welcome.say('PING\r\n');
    assert.equal(welcome.heard, '+PONG\r\n');
  });
});

describe('ConnectionLoop.drain', () => {
  test('answers what was asked, waits for half a request, and says goodbye to the idle', async () => {
    const stage = new SoloStage();
    const [idle, half, busy] = [stage.connect(), stage.connect(), stage.connect()];
    half.say('*1\r\n$4\r\nPI');
    const drained = stage.loop.drain(5000, 0);
    busy.say('ECHO a\r\n');
    half.say('NG\r\n');
    await until('half a request is answered', () => half.heard === '+PONG\r\n');
    await until('what was asked is answered', () => busy.heard === '$1\r\na\r\n');
    for (const client of [idle, half, busy]) {
      await until('goodbye is said', () => client.ended);
      client.sayNoMore();
    }
    await drained;
    assert.equal(stage.counters.closedBy.shutdown, 3);
  });

  test('cuts who does not go in time', async () => {
    const stage = new SoloStage();
    const half = stage.connect();
    half.say('*1\r\n$4\r\nPI');
    await stage.loop.drain(10, 0);
    assert.equal(half.destroyed, true);
    assert.equal(half.heard, '');
  });
});
