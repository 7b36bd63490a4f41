import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, type TestContext, test } from 'node:test';
import { Redis, type RedisOptions } from 'ioredis';
import { startLoops, stopLoops } from '../process/increment-loop.ts';
import { SuiteScope } from '../process/server-process.ts';
import { until } from '../process/until.ts';
import { TARGETS, type Target } from './targets.ts';

/** Without one whose type does not allow `undefined`. */
type Options = Omit<RedisOptions, 'replyMapping'>;

for (const { title, skip, hasWorkers, start } of TARGETS) {
  describe(`ioredis with ${title}`, { skip }, () => {
    let target: Target;
    const scope = new SuiteScope();
    before(async () => {
      target = await start(scope);
    });
    after(() => scope.end());

    function connect(t: TestContext, options: Options = {}): Redis {
      const redis = new Redis(target.port, '127.0.0.1', options);
      redis.on('error', () => {});
      t.after(() => redis.disconnect());
      return redis;
    }

    for (const protocol of [2, 3] as const) {
      test(`RESP${protocol}: strings, numbers, nothing, binary values`, async (t) => {
        const redis = connect(t, { protocol, keyPrefix: `p${protocol}:`, connectionName: 'trial' });
        assert.equal(await redis.set('a', 'é\r\n', 'EX', 100), 'OK');
        assert.equal(await redis.get('a'), 'é\r\n');
        assert.equal(await redis.get('none'), null);
        assert.equal(await redis.incrby('n', 5), 5);
        assert.ok((await redis.ttl('a')) > 90);
        const bytes = Buffer.from([0, 255, 13, 10]);
        await redis.set('bytes', bytes);
        assert.deepEqual(await redis.getBuffer('bytes'), bytes);
        assert.deepEqual(await redis.mget('a', 'none', 'n'), ['é\r\n', null, '5']);
        assert.equal(await redis.client('GETNAME'), 'trial');
        assert.match(String(await redis.client('LIST')), new RegExp(`name=trial.*resp=${protocol}`));
        await assert.rejects(redis.incr('a'), /ERR value is not an integer or out of range/);
      });
    }

    test('pipelines answer in order, errors in their place', async (t) => {
      const redis = connect(t);
      await redis.del('x');
      const pipeline = redis.pipeline();
      for (let i = 0; i < 500; i++) pipeline.incr('x');
      pipeline.set('x', 'word').incr('x').get('x');
      const replies = (await pipeline.exec()) ?? [];
      assert.deepEqual(
        replies.slice(0, 500).map(([, value]) => value),
        Array.from({ length: 500 }, (_, i) => i + 1),
      );
      assert.equal(replies[500]?.[1], 'OK');
      assert.match(String(replies[501]?.[0]), /not an integer/);
      assert.equal(replies[502]?.[1], 'word');
    });

    test('automatic pipelining keeps replies and questions together', async (t) => {
      const redis = connect(t, { enableAutoPipelining: true });
      await Promise.all(Array.from({ length: 1000 }, (_, i) => redis.set(`auto${i}`, i)));
      const values = await Promise.all(Array.from({ length: 1000 }, (_, i) => redis.get(`auto${i}`)));
      assert.deepEqual(
        values,
        Array.from({ length: 1000 }, (_, i) => String(i)),
      );
    });

    test('MULTI runs all or nothing, WATCH notices the changes of others', async (t) => {
      const [redis, other] = [connect(t), connect(t)];
      await redis.set('m', 1);
      assert.deepEqual(await redis.multi().incr('m').get('m').exec(), [
        [null, 2],
        [null, '2'],
      ]);
      await redis.watch('m');
      await other.set('m', 10);
      assert.equal(await redis.multi().incr('m').exec(), null);
      await redis.watch('m');
      assert.deepEqual(await redis.multi().incr('m').exec(), [[null, 11]]);
      await assert.rejects(redis.multi().set('m', 1).call('GET').exec(), /EXECABORT/);
    });

    test('SELECT by option and by command', async (t) => {
      const [one, two] = [connect(t, { db: 1 }), connect(t)];
      await one.set('s', 'one');
      assert.equal(await two.get('s'), null);
      await two.select(1);
      assert.equal(await two.get('s'), 'one');
    });

    test('scanStream finds every key', async (t) => {
      const redis = connect(t, { db: 5 });
      await redis.mset(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`k${i}`, 1])));
      const found = new Set<string>();
      for await (const keys of redis.scanStream({ match: 'k*', count: 50 }))
        for (const key of keys) found.add(key);
      assert.equal(found.size, 300);
    });

    const goesOn = 'goes on after the death of its worker, in the same database';
    if (hasWorkers)
      test(goesOn, async (t) => {
        const redis = connect(t, { db: 2, retryStrategy: () => 20, maxRetriesPerRequest: null });
        await redis.set('r', 'kept');
        const closed = once(redis, 'close');
        target.killWorkers();
        await closed;
        assert.equal(await redis.get('r'), 'kept');
        assert.equal(redis.status, 'ready');
        const loops = startLoops(t, 2, { port: target.port }, 'after');
        await until('both workers serve again', () => loops.every(({ tally }) => tally.answered > 0));
        await stopLoops(loops);
      });

    test('QUIT', async (t) => {
      const redis = connect(t);
      assert.equal(await redis.quit(), 'OK');
    });
  });
}
