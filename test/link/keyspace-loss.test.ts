import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { KeyspaceStage, one, settle } from './link-stage.ts';

const MB = 1024 * 1024;
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the link: loss of the keyspace', () => {
  test('who waits or is in a transaction is cut; the others get -LOADING and keep what they were', async () => {
    const { worker } = await one();
    const [waiting, inMulti, idle, half] = Array.from({ length: 4 }, () => worker.connect());
    await worker.ask(idle!, 'HELLO 3\r\nSELECT 5\r\n');
    await worker.ask(inMulti!, 'MULTI\r\n');
    half!.say('*1\r\n$4\r\nPI');
    waiting!.say('GET k\r\n');
    worker.disconnect();
    assert.deepEqual(
      [waiting, inMulti, idle, half].map((client) => client!.destroyed),
      [true, true, false, false],
    );
    idle!.say('PING\r\nGET k\r\n');
    assert.equal(idle!.hear(), '-LOADING Redis is loading the dataset in memory\r\n'.repeat(2));
    half!.say('NG\r\n*x\r\n');
    assert.match(half!.hear(), /^-LOADING .*\r\n-ERR Protocol error: invalid multibulk length\r\n$/);
    assert.equal(half!.ended, true);
    await turn();

    worker.reconnect(new KeyspaceStage());
    await settle(worker);
    assert.equal(await worker.ask(idle!, 'GET k\r\n'), '_\r\n');
    assert.match(await worker.ask(idle!, 'CLIENT INFO\r\n'), / db=5 .* resp=3 /);
    assert.equal(await worker.ask(worker.connect(), 'PING\r\n'), '+PONG\r\n');
    worker.link.report();
    await settle(worker);
    assert.match(await worker.ask(idle!, 'INFO errorstats\r\n'), /errorstat_LOADING:count=3\r/);
  });

  test('who broke the protocol and waits to hear so is cut', async () => {
    const { worker } = await one();
    const client = worker.connect();
    await worker.ask(client, 'GET k\r\n');
    client.say('*x\r\n');
    worker.disconnect();
    assert.equal(client.destroyed, true);
  });

  test('half a frame of the old keyspace is forgotten', async () => {
    const { worker, keyspace } = await one();
    const client = worker.connect();
    await worker.ask(client, 'PING\r\n');
    worker.link.onRead(20, Buffer.from(`\x40\0\0\0${'\0'.repeat(16)}`));
    worker.disconnect();
    worker.reconnect(keyspace);
    await settle(worker);
    assert.equal(worker.greetings, 2);
    assert.equal(await worker.ask(client, 'GET k\r\n'), '$-1\r\n');
  });

  test('a password given to the old keyspace is good for the new one; a new client must give it', async () => {
    const { worker } = await one({ requirepass: 'pw' });
    const [known, stranger] = [worker.connect(), worker.connect()];
    await worker.ask(known, 'AUTH pw\r\n');
    worker.disconnect();
    const late = worker.connect();
    worker.reconnect(new KeyspaceStage({ requirepass: 'pw' }));
    await settle(worker);
    assert.equal(await worker.ask(known, 'GET k\r\n'), '$-1\r\n');
    for (const client of [stranger, late]) {
      assert.equal(await worker.ask(client, 'GET k\r\n'), '-NOAUTH Authentication required.\r\n');
    }
  });

  test('who was not read from for a full link is read from again', async () => {
    const { worker } = await one();
    let writableLength = 0;
    const client = worker.connect();
    await settle(worker);
    worker.disconnect();
    worker.link.connect({
      get writableLength() {
        return writableLength;
      },
      write: () => {},
    });
    writableLength = 65 * MB;
    client.say('*0\r\n');
    assert.equal(client.paused, true);
    worker.link.disconnect();
    assert.equal(client.paused, false);
  });
});
