import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import { createClient, WatchError } from 'redis';
import { SuiteScope } from '../process/server-process.ts';
import { until } from '../process/until.ts';
import { TARGETS, type Target } from './targets.ts';

type Options = NonNullable<Parameters<typeof createClient>[0]>;

for (const { title, skip, hasWorkers, start } of TARGETS) {
  describe(`node-redis with ${title}`, { skip }, () => {
    let target: Target;
    const scope = new SuiteScope();
    before(async () => {
      target = await start(scope);
    });
    after(() => scope.end());

    async function connect(t: TestContext, options: Options = {}) {
      const client = createClient({
        socket: { port: target.port, host: '127.0.0.1', reconnectStrategy: 20 },
        ...options,
      });
      client.on('error', () => {});
      t.after(() => client.destroy());
      await client.connect();
      return client;
    }

    for (const protocol of [2, 3] as const) {
      test(`RESP${protocol}: strings, numbers, nothing, maps`, async (t) => {
        const client = await connect(t, { RESP: protocol, name: `trial${protocol}` });
        assert.equal(await client.set('a', 'é\r\n', { EX: 100 }), 'OK');
        assert.equal(await client.get('a'), 'é\r\n');
        assert.equal(await client.get('none'), null);
        assert.equal(await client.incrByFloat('f', 1.5), '1.5');
        assert.deepEqual(await client.mGet(['a', 'none']), ['é\r\n', null]);
        assert.equal(await client.clientGetName(), `trial${protocol}`);
        assert.deepEqual({ ...(await client.configGet('maxmemory')) }, { maxmemory: '0' });
        await assert.rejects(client.incr('a'), /ERR value is not an integer or out of range/);
        await client.del(['a', 'f']);
      });
    }

    test('what is asked at once is answered in order', async (t) => {
      const client = await connect(t);
      await client.del('x');
      const replies = await Promise.all(Array.from({ length: 1000 }, () => client.incr('x')));
      assert.deepEqual(
        replies,
        Array.from({ length: 1000 }, (_, i) => i + 1),
      );
    });

    test('MULTI runs all or nothing, WATCH notices the changes of others', async (t) => {
      const [client, other] = [await connect(t), await connect(t)];
      await client.set('m', '1');
      assert.deepEqual(await client.multi().incr('m').get('m').exec(), [2, '2']);
      await client.watch('m');
      await other.set('m', '10');
      await assert.rejects(client.multi().incr('m').exec(), WatchError);
      await client.watch('m');
      assert.deepEqual(await client.multi().incr('m').exec(), [11]);
    });

    test('SELECT by option and by command', async (t) => {
      const [one, two] = [await connect(t, { database: 1 }), await connect(t)];
      await one.set('s', 'one');
      assert.equal(await two.get('s'), null);
      await two.select(1);
      assert.equal(await two.get('s'), 'one');
    });

    test('scanIterator finds every key', async (t) => {
      const client = await connect(t, { database: 5 });
      await client.mSet(Array.from({ length: 300 }, (_, i): [string, string] => [`k${i}`, '1']));
      const found = new Set<string>();
      for await (const keys of client.scanIterator({ MATCH: 'k*', COUNT: 50 }))
        for (const key of keys) found.add(key);
      assert.equal(found.size, 300);
    });

    const goesOn = 'goes on after the death of its worker, in the same database and protocol';
    if (hasWorkers)
      test(goesOn, async (t) => {
        const client = await connect(t, { database: 2, RESP: 3 });
        await client.set('r', 'kept');
        const lost = new Promise((resolve) => client.once('reconnecting', resolve));
        target.killWorkers();
        await lost;
        // Between two workers a connection may be made and reset, which rejects what was sent on it.
        await until('it is served again', async () => (await client.get('r')) === 'kept');
        assert.match(await client.sendCommand(['CLIENT', 'INFO']), /db=2 .*resp=3/);
      });

    test('close()', async (t) => {
      const client = await connect(t);
      await client.close();
      assert.equal(client.isOpen, false);
    });
  });
}
