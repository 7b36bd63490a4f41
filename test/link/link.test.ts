import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { until } from '../process/until.ts';
import { encodeCommand } from '../rows/wire.ts';
import { one, settle, stages } from './link-stage.ts';

const MB = 1024 * 1024;
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the link: requests and replies', () => {
  test('a pipeline of all kinds of requests, cut at each byte and the link into small pieces', async () => {
    const { worker } = await one();
    const pipeline =
      'PING\r\n*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$4\r\n\r\n\0\xff\r\nGET k\r\n\r\nMULTI\r\nINCR n\r\nEXEC\r\nPING "a b"\r\n';
    let size = 1;
    worker.cut = () => (size = (size % 23) + 1);
    for (let cut = 1; cut < pipeline.length; cut++) {
      const client = worker.connect();
      client.say(pipeline, [cut]);
      await settle(worker);
      const expected = `+PONG\r\n+OK\r\n$4\r\n\r\n\0\xff\r\n+OK\r\n+QUEUED\r\n*1\r\n:${cut}\r\n$3\r\na b\r\n`;
      assert.equal(client.heard, expected, `cut at ${cut}`);
      client.destroy();
    }
  });

  test('local commands keep their place among those that go to the keyspace', async () => {
    const { worker } = await one();
    const client = worker.connect();
    assert.equal(await worker.ask(client, 'SET k v\r\n'), '+OK\r\n');
    const before = worker.counters.localCommands;
    client.say('PING 1\r\nGET k\r\nPING 2\r\n');
    assert.equal(client.hear(), '$1\r\n1\r\n', 'the first is answered at once');
    client.say('PING 3\r\n');
    assert.equal(client.hear(), '', 'what comes behind a request on its way is not');
    await settle(worker);
    assert.equal(client.hear(), '$1\r\nv\r\n$1\r\n2\r\n$1\r\n3\r\n');
    client.say('PING 4\r\nECHO 5\r\nPING too many args\r\n');
    await settle(worker);
    assert.equal(
      client.hear(),
      "$1\r\n4\r\n$1\r\n5\r\n-ERR wrong number of arguments for 'ping' command\r\n",
    );
    assert.equal(worker.counters.localCommands - before, 3);
  });

  test('MULTI, SELECT, RESP3 and CLIENT REPLY hold from one read to the next', async () => {
    const { worker } = await one();
    const client = worker.connect();
    assert.equal(await worker.ask(client, 'MULTI\r\n'), '+OK\r\n');
    assert.equal(await worker.ask(client, 'PING\r\n'), '+QUEUED\r\n');
    assert.equal(await worker.ask(client, 'SELECT 3\r\n'), '+QUEUED\r\n');
    assert.equal(await worker.ask(client, 'EXEC\r\n'), '*2\r\n+PONG\r\n+OK\r\n');
    assert.equal(await worker.ask(client, 'PING\r\n'), '+PONG\r\n');
    await worker.ask(client, 'SET k 3\r\n');
    assert.match(await worker.ask(client, 'HELLO 3\r\n'), /^%7\r\n/);
    assert.equal(await worker.ask(client, 'GET nosuch\r\n'), '_\r\n');
    assert.equal(await worker.ask(client, 'CLIENT REPLY SKIP\r\n'), '');
    assert.equal(await worker.ask(client, 'PING\r\n'), '');
    assert.equal(await worker.ask(client, 'PING\r\n'), '+PONG\r\n');
    assert.equal(await worker.ask(client, 'CLIENT REPLY OFF\r\n'), '');
    assert.equal(await worker.ask(client, 'PING\r\nGET k\r\n'), '');
    assert.equal(await worker.ask(client, 'CLIENT REPLY ON\r\n'), '+OK\r\n');
    assert.equal(await worker.ask(client, 'GET k\r\nPING\r\n'), '$1\r\n3\r\n+PONG\r\n');
  });

  test('many large replies come in parts, one behind the other, and do not lie in memory all at once', async () => {
    const { worker, keyspace } = await one();
    const client = worker.connect();
    await worker.ask(client, encodeCommand(['SET', 'k', 'v'.repeat(MB)]));
    const { reply } = keyspace.engine;
    client.say('GET k\r\n'.repeat(30));
    await settle(worker);
    assert.equal(client.heard.length, 30 * (MB + 12));
    assert.ok(client.heard === `$${MB}\r\n${'v'.repeat(MB)}\r\n`.repeat(30));
    assert.ok(reply.bytes.length < 4 * MB, `the keyspace held ${reply.bytes.length} bytes`);
  });

  test('a request larger than all buffers, in small pieces', async () => {
    const { worker } = await one();
    const client = worker.connect();
    const value = Buffer.alloc(5 * MB, 'v');
    client.say(encodeCommand(['SET', 'k', value]), [1, 30, MB, 2 * MB]);
    client.say('STRLEN k\r\n');
    await settle(worker);
    assert.equal(client.heard, `+OK\r\n:${5 * MB}\r\n`);
  });

  test('a client that reads late gets every byte as it was', async () => {
    const { worker } = await one();
    const [slow, other] = [worker.connect(), worker.connect()];
    slow.taking = false;
    let expected = '';
    for (let i = 0; i < 200; i++) {
      const text = String(i).repeat((i * 7) % 400);
      slow.say(encodeCommand(['SET', 'k', text]));
      slow.say(encodeCommand(['GET', 'k']));
      expected += `+OK\r\n$${text.length}\r\n${text}\r\n`;
      await worker.ask(other, encodeCommand(['ECHO', 'x'.repeat(2000)]));
      if (i % 50 === 49) slow.catchUp();
      if (i % 50 === 5) slow.taking = false;
    }
    slow.catchUp();
    assert.equal(slow.heard, expected);
  });

  test('a client with much unanswered is not read from until it is answered', async () => {
    const { worker } = await one();
    const client = worker.connect();
    const request = encodeCommand(['SET', 'k', 'v'.repeat(MB)]);
    client.say(Buffer.concat(Array.from({ length: 12 }, () => request)));
    assert.equal(client.paused, true);
    await settle(worker);
    assert.equal(client.heard, '+OK\r\n'.repeat(12));
    assert.equal(client.paused, false);
  });
});

describe('the link: the end of a connection', () => {
  test('QUIT in a pipeline ends it behind its reply, whatever follows', async () => {
    const { worker, keyspace } = await one();
    const other = worker.connect();
    for (const behind of ['SET late 1\r\n', '*x\r\n', '*1\r\n$4\r\nPI']) {
      const client = worker.connect();
      assert.equal(await worker.ask(client, `SET k v\r\nQUIT\r\n${behind}`), '+OK\r\n+OK\r\n');
      await until('it is closed', () => client.closed);
      await settle(worker);
      assert.equal(keyspace.engine.instance.sessions.size, 1);
    }
    assert.equal(await worker.ask(other, 'EXISTS late\r\n'), ':0\r\n');
    const { client, error } = worker.counters.closedBy;
    assert.deepEqual([client, error], [3, 0]);
  });

  test('a protocol error is told behind all replies that are due', async () => {
    const { worker, keyspace } = await one();
    const client = worker.connect();
    await worker.ask(client, 'SET k v\r\n');
    client.say('PING\r\nGET k\r\n*1\r\n\n\r\nSET late 1\r\n');
    await settle(worker);
    assert.equal(client.heard, "+PONG\r\n$1\r\nv\r\n-ERR Protocol error: expected '$', got ' '\r\n");
    await until('it is closed', () => client.closed);
    await settle(worker);
    assert.equal(keyspace.engine.instance.sessions.size, 0);
    assert.equal(worker.counters.closedBy.protocol_error, 1);
  });

  test('half closed: what was asked is answered', async () => {
    const { worker } = await one();
    const client = worker.connect();
    client.say('SET k v\r\nGET k\r\nGE');
    client.sayNoMore();
    assert.equal(client.ended, false);
    await settle(worker);
    assert.equal(client.heard, '+OK\r\n$1\r\nv\r\n');
    assert.equal(client.ended, true);
  });

  test('CLIENT KILL reaches clients of other workers, and the own client behind its reply', async () => {
    const { workers } = await stages(2);
    const [a, b] = [workers[0]!, workers[1]!];
    const [killer, victim] = [a.connect(), b.connect()];
    victim.say('CLIENT ID\r\n');
    await settle(a, b);
    const id = victim.hear().slice(1, -2);
    killer.say(`CLIENT KILL ID ${id}\r\nCLIENT KILL ID 999\r\nPING\r\n`);
    await settle(a, b);
    assert.equal(killer.hear(), ':1\r\n:0\r\n+PONG\r\n');
    assert.equal(victim.destroyed, true);
    await turn();
    assert.equal(b.counters.closedBy.killed, 1);
    killer.say('CLIENT KILL TYPE normal SKIPME no\r\nPING\r\n');
    await settle(a, b);
    assert.equal(killer.hear(), ':1\r\n');
    assert.equal(killer.ended, true);
  });

  test('a client that is gone takes its session, its WATCH and its MONITOR with it', async () => {
    const { worker, keyspace } = await one();
    const { instance } = keyspace.engine;
    const client = worker.connect();
    await worker.ask(client, 'WATCH k\r\nMONITOR\r\n');
    assert.deepEqual([instance.sessions.size, instance.monitors.size], [1, 1]);
    client.destroy();
    await settle(worker);
    assert.deepEqual([instance.sessions.size, instance.monitors.size], [0, 0]);
  });

  test('a slow client is closed at its limit in the worker, and a batch over it by the keyspace', async () => {
    const { worker, keyspace } = await one();
    const client = worker.connect();
    await worker.ask(client, encodeCommand(['SET', 'k', 'v'.repeat(MB)]));
    await worker.ask(client, 'CONFIG SET client-output-buffer-limit "normal 3mb 0 0"\r\n');
    const slow = worker.connect();
    slow.taking = false;
    for (let i = 0; i < 3; i++) await worker.ask(slow, 'GET k\r\n');
    assert.equal(slow.destroyed, true);
    const greedy = worker.connect();
    greedy.say('GET k\r\n'.repeat(10));
    await settle(worker);
    assert.equal(greedy.destroyed, true);
    assert.equal(await worker.ask(client, 'PING\r\n'), '+PONG\r\n');
    assert.equal(worker.counters.closedBy.slow_client, 2);
    assert.equal(keyspace.engine.instance.sessions.size, 1);
  });

  test('at maxclients, counted over all workers, a new one gets one error and the end', async () => {
    const { workers } = await stages(2, { maxclients: 3 });
    const [a, b] = [workers[0]!, workers[1]!];
    const welcome = [a.connect(), b.connect(), a.connect()];
    await settle(a, b);
    const refused = b.connect();
    refused.say('SET k v\r\nPING\r\n');
    await settle(a, b);
    assert.equal(refused.heard, '-ERR max number of clients reached\r\n');
    assert.equal(refused.ended, true);
    await turn();
    assert.equal(b.counters.rejectedBy.max_clients, 1);
    for (const client of welcome) client.say('EXISTS k\r\n');
    await settle(a, b);
    for (const client of welcome) assert.equal(client.heard, ':0\r\n');
  });
});

describe('the link: what is told to all workers', () => {
  test('a slow log that wants every command gets those too that workers would answer by themselves', async () => {
    const { worker } = await one();
    const client = worker.connect();
    await worker.ask(client, 'GET k\r\nCONFIG SET slowlog-log-slower-than 0\r\nSLOWLOG RESET\r\n');
    await worker.ask(client, 'PING\r\n');
    await worker.ask(client, 'ECHO a\r\n');
    assert.equal(await worker.ask(client, 'SLOWLOG LEN\r\n'), ':3\r\n');
    await worker.ask(client, 'CONFIG SET slowlog-log-slower-than 1000\r\nSLOWLOG RESET\r\n');
    const { localCommands } = worker.counters;
    await worker.ask(client, 'PING\r\n');
    assert.equal(worker.counters.localCommands, localCommands + 1);
  });

  test('MONITOR sees all that comes after its +OK, also of a client of the same worker', async () => {
    const { worker } = await one();
    const [watching, client] = [worker.connect(), worker.connect()];
    for (const each of [watching, client]) await worker.ask(each, 'GET k\r\n');
    watching.hear();
    watching.say('MONITOR\r\n');
    let asked = false;
    const ask = () => {
      if (!asked) client.say('PING\r\n');
      asked = true;
    };
    // As early as can be: between two bytes on the link.
    worker.cut = () => {
      if (watching.heard !== '') ask();
      return 1;
    };
    await settle(worker);
    ask();
    await settle(worker);
    assert.match(watching.heard, /^\+OK\r\n\+[0-9.]+ \[0 .*\] "PING"\r\n$/);
  });

  test('MONITOR sees what workers would answer by themselves, and no more when it ends', async () => {
    const { workers } = await stages(2);
    const [a, b] = [workers[0]!, workers[1]!];
    const [watching, client] = [a.connect(), b.connect()];
    client.say('PING\r\n');
    await settle(a, b);
    watching.say('MONITOR\r\n');
    await settle(a, b);
    assert.equal(watching.hear(), '+OK\r\n');
    client.say('PING x\r\n');
    await settle(a, b);
    assert.match(watching.hear(), /^\+\d+\.\d{6} \[0 127\.0\.0\.1:\d+\] "PING" "x"\r\n$/);
    assert.deepEqual([a.link.localAllowed, b.link.localAllowed], [false, false]);
    watching.destroy();
    await settle(a, b);
    assert.deepEqual([a.link.localAllowed, b.link.localAllowed], [true, true]);
  });

  test('workers learn that somebody watches before he is answered', async () => {
    const { workers, keyspace } = await stages(2);
    const [a, b] = [workers[0]!, workers[1]!];
    const watching = a.connect();
    watching.say('MONITOR\r\n');
    await turn();
    a.move();
    assert.equal(watching.heard, '+OK\r\n');
    b.move();
    assert.equal(b.link.localAllowed, false);
    assert.equal(keyspace.engine.instance.monitors.size, 1);
  });

  test('the end of a worker whose client watched is told to the others', async () => {
    const { workers } = await stages(2);
    const [a, b] = [workers[0]!, workers[1]!];
    a.connect().say('MONITOR\r\n');
    await settle(a, b);
    assert.equal(b.link.localAllowed, false);
    a.disconnect();
    await settle(b);
    assert.equal(b.link.localAllowed, true);
  });

  test('CLIENT PAUSE holds up clients of all workers, local commands too, until UNPAUSE', async () => {
    const { workers, keyspace } = await stages(2);
    const [a, b] = [workers[0]!, workers[1]!];
    const [one, two] = [a.connect(), b.connect()];
    one.say('CLIENT PAUSE 100000 WRITE\r\n');
    await settle(a, b);
    two.say('GET k\r\nSET k v\r\nPING\r\nGET k\r\n');
    await settle(a, b);
    assert.equal(two.hear(), '$-1\r\n');
    assert.match(await a.ask(one, 'CLIENT LIST ID 2\r\n'), / flags=b /);
    two.say('PING 2\r\n');
    one.say('CLIENT UNPAUSE\r\n');
    await until('it goes on', async () => {
      await settle(a, b);
      return two.heard.includes('$1\r\n2\r\n');
    });
    assert.equal(two.heard, '+OK\r\n+PONG\r\n$1\r\nv\r\n$1\r\n2\r\n');
    keyspace.engine.stop();
  });

  test('CONFIG SET of what workers serve by reaches all of them', async () => {
    const { workers } = await stages(2);
    const [a, b] = [workers[0]!, workers[1]!];
    const client = a.connect();
    const set =
      'CONFIG SET timeout 7 requirepass pw loglevel debug client-query-buffer-limit 2mb proto-max-bulk-len 3mb ' +
      'client-output-buffer-limit "normal 1mb 2mb 3" tcp-keepalive 9 shutdown-timeout 8\r\n';
    client.say(set);
    await settle(a, b);
    assert.equal(client.hear(), '+OK\r\n');
    for (const { settings } of [a, b]) {
      const { values } = settings;
      assert.deepEqual(
        [values.timeout, values.requirepass, values.logLevel, values.tcpKeepalive, values.shutdownTimeout],
        [7, 'pw', 'debug', 9, 8],
      );
      assert.deepEqual([values.clientQueryBufferLimit, values.protoMaxBulkLen], [2 * MB, 3 * MB]);
      assert.deepEqual(values.clientOutputBufferLimit.normal, { hard: MB, soft: 2 * MB, seconds: 3 });
    }
  });

  test('what a worker reports shows in CLIENT LIST and INFO', async () => {
    const { worker } = await one();
    const [slow, half, pinging, client] = Array.from({ length: 4 }, () => worker.connect());
    for (const each of [slow, half, pinging, client]) await worker.ask(each!, 'GET k\r\n');
    slow!.taking = false;
    slow!.say('ECHO aaaaaaaaaa\r\n'.repeat(3));
    half!.say('*2\r\n$3\r\nGET\r\n$1');
    pinging!.say('PING\r\nPING\r\n');
    await settle(worker);
    worker.link.report();
    await settle(worker);
    const list = await worker.ask(client!, 'CLIENT LIST\r\n');
    assert.match(list, /^id=1 .* qbuf=0 .* omem=51 .* cmd=echo /m);
    assert.match(list, /^id=2 .* qbuf=15 .* omem=0 .* cmd=get /m);
    assert.match(list, /^id=3 .* omem=0 .* cmd=ping /m);
    assert.match(await worker.ask(client!, 'INFO commandstats\r\n'), /cmdstat_ping:calls=2,/);
    slow!.catchUp();
    half!.say('\r\nk\r\n');
    pinging!.say('PING\r\nGET k\r\n');
    await settle(worker);
    worker.link.report();
    await settle(worker);
    const later = await worker.ask(client!, 'CLIENT LIST\r\n');
    assert.match(later, /^id=1 .* omem=0 /m);
    assert.match(later, /^id=2 .* qbuf=0 /m);
    assert.match(later, /^id=3 .* cmd=get /m);
  });
});

describe('the link: passwords', () => {
  test('AUTH frees who sends it, and what is behind it in the pipeline, from the strict limits', async () => {
    const { worker } = await one({ requirepass: 'pw' });
    const many = encodeCommand(['MSET', ...Array.from({ length: 20 }, (_, i) => `k${i}`)]);
    const client = worker.connect();
    assert.equal(await worker.ask(client, 'PING\r\n'), '-NOAUTH Authentication required.\r\n');
    client.say(Buffer.concat([encodeCommand(['AUTH', 'pw']), many]));
    await settle(worker);
    assert.equal(client.hear(), '+OK\r\n+OK\r\n');
    assert.equal(await worker.ask(client, many), '+OK\r\n');
    const stranger = worker.connect();
    assert.equal(
      await worker.ask(stranger, many),
      '-ERR Protocol error: unauthenticated multibulk length\r\n',
    );
  });

  test('who owes one cannot make the worker hold a large request behind something that is on its way', async () => {
    const { worker } = await one({ requirepass: 'pw' });
    const client = worker.connect();
    client.say(`PING\r\n*2\r\n$3\r\nGET\r\n$${100 * MB}\r\n${'x'.repeat(1000)}`);
    await settle(worker);
    client.say('x'.repeat(MB));
    await settle(worker);
    assert.equal(
      client.heard,
      '-NOAUTH Authentication required.\r\n-ERR Protocol error: unauthenticated bulk length\r\n',
    );
    assert.equal(client.ended, true);
  });

  test('a client that came before there was a password is not held to the limits of those who owe one', async () => {
    const { worker } = await one();
    const [first, second] = [worker.connect(), worker.connect()];
    await worker.ask(first, 'CONFIG SET requirepass pw\r\n');
    const many = encodeCommand(['MSET', ...Array.from({ length: 20 }, (_, i) => `k${i}`)]);
    assert.equal(await worker.ask(second, many), '+OK\r\n');
    assert.equal(await worker.ask(second, 'RESET\r\n'), '+RESET\r\n');
    assert.equal(await worker.ask(second, many), '-ERR Protocol error: unauthenticated multibulk length\r\n');
  });
});

describe('the link: a protocol error', () => {
  test('is told to a client that has sent its last byte with it', async () => {
    const { worker } = await one();
    const client = worker.connect();
    client.say('SET k v\r\n*x\r\n');
    client.sayNoMore();
    await settle(worker);
    assert.equal(client.heard, '+OK\r\n-ERR Protocol error: invalid multibulk length\r\n');
    assert.equal(client.ended, true);
  });

  test('behind what CLIENT PAUSE holds up is told when that has been answered', async () => {
    const { worker } = await one();
    const [client, other] = [worker.connect(), worker.connect()];
    await worker.ask(other, 'CLIENT PAUSE 100000 WRITE\r\n');
    client.say('PING\r\nSET k v\r\nGET k\r\n*1\r\n$x\r\n');
    await settle(worker);
    assert.equal(client.heard, '+PONG\r\n');
    await worker.ask(other, 'CLIENT UNPAUSE\r\n');
    await until('it is told goodbye', async () => {
      await settle(worker);
      return client.ended;
    });
    assert.equal(client.heard, '+PONG\r\n+OK\r\n$1\r\nv\r\n-ERR Protocol error: invalid bulk length\r\n');
  });
});
