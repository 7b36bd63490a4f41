import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Level, StatusDocument } from '../../src/view/status-document.ts';
import { alertRules } from '../grafana/alert-rules.ts';
import { Exposition, get } from '../process/exposition.ts';
import { freePort } from '../process/free-port.ts';
import { startLoops, stopLoops } from '../process/increment-loop.ts';
import { isAlive, signal } from '../process/process-group.ts';
import { unsupported } from '../process/server-process.ts';
import { until } from '../process/until.ts';
import { encodeCommand, WireConnection } from '../rows/wire.ts';
import { Pm2 } from './pm2.ts';

/** What happens again within a minute is one event. */
const STARTED = /^ok start: (worker \d was|\d workers were) started$/;
const STOPPED = /^ok stop: (worker \d was|\d workers were) stopped$/;

/** The tests are one story: each goes on where the one before has ended. */
describe('ecosystem.config.js under pm2', { skip: unsupported }, () => {
  let pm2: Pm2;
  let port = 0;
  let metricsPort = 0;

  const metrics = () => Exposition.of(metricsPort);
  const workersUp = async () => {
    const now = await metrics();
    return now.sum('worker_up') - now.sum('worker_up', 'worker="keyspace"');
  };
  const readyz = async () => (await get(metricsPort, '/readyz')).status;
  const restarts = (now: Exposition, reason: string) =>
    now.sum('worker_restarts_total', `reason="${reason}"`);
  const status = async (): Promise<StatusDocument> =>
    JSON.parse((await get(metricsPort, '/status.json')).body);
  /** What has happened since then, newest first; but for silence, of which a busy machine makes some. */
  const newsSince = async ({ now }: StatusDocument) =>
    (await status()).events
      .filter(({ at, kind }) => at >= now && kind !== 'down')
      .map(({ level, kind, text }) => `${level} ${kind}: ${text}`);
  /** The verdicts while something is done. */
  const levelsDuring = async (deed: Promise<unknown>): Promise<Level[]> => {
    const levels = new Set<Level>();
    let done = false;
    const watching = until(
      'it is done',
      async () => {
        levels.add((await status()).verdict.level);
        return done;
      },
      30_000,
    );
    await deed.finally(() => {
      done = true;
    });
    await watching;
    return [...levels];
  };
  const pids = async (name: string) => (await pm2.list(name)).map(({ pid }) => pid);

  before(async () => {
    port = await freePort();
    metricsPort = await freePort();
    pm2 = new Pm2({
      CORESPOND_PORT: String(port),
      CORESPOND_METRICS_PORT: String(metricsPort),
      CORESPOND_WORKERS: '2',
      CORESPOND_RUN_DIR: 'run',
      CORESPOND_LOG_LEVEL: 'debug',
      CORESPOND_SHUTDOWN_TIMEOUT: '3',
      CORESPOND_WORKER_HANG_TIMEOUT: '2',
    });
  });
  after(() => pm2.destroy());

  test('pm2 start: a core and two workers serve', async () => {
    await pm2.run('start');
    await until('all are there', async () => (await readyz()) === 200);
    for (const name of ['corespond', 'corespond-core']) {
      const listed = await pm2.list(name);
      assert.deepEqual(
        listed.map(({ status, restarts }) => [status, restarts]),
        name === 'corespond'
          ? [
              ['online', 0],
              ['online', 0],
            ]
          : [['online', 0]],
      );
    }
    const client = await WireConnection.open(port);
    assert.equal(await client.call('SET', 'kept', '1'), '+OK\r\n');
    client.close();
  });

  test('pm2 logs shows our lines', async () => {
    const text = await pm2.run('logs', '--nostream', '--lines', '100');
    assert.match(text, /"role":"core".*"msg":"ready for workers"/);
    assert.match(text, /"role":"worker","slot":0,.*"msg":"serving"/);
    assert.match(text, /"role":"worker","slot":1,.*"msg":"serving"/);
    assert.match(text, /"role":"keyspace"/);
  });

  test('pm2 reload under load: no connection refused, no reply lost, no counter falls', async (t) => {
    const polite = startLoops(t, 8, { port, pipeline: 10 });
    const hasty = startLoops(t, 4, { port, pipeline: 10, hasty: true }, 'hasty');
    const loops = [...polite, ...hasty];
    await until('all clients are served', () => loops.every(({ tally }) => tally.answered > 50));
    const old = await pids('corespond');
    const earlier = await metrics();
    const before = await status();
    await pm2.run('reload', 'corespond');
    await until('the old workers are gone', () => !old.some(isAlive));
    const looking = await stopLoops(polite);
    const { refused, broken, wrong, answered } = await stopLoops(hasty);
    assert.ok(looking.goodbyes >= 8, 'each client was told goodbye');
    assert.deepEqual(
      { ...looking, answered: 0, goodbyes: 0 },
      { answered: 0, goodbyes: 0, lost: 0, refused: 0, broken: 0, wrong: [] },
    );
    assert.deepEqual({ refused, broken, wrong }, { refused: 0, broken: 0, wrong: [] });
    const total = looking.answered + answered;
    const later = await until('the books are complete', async () => {
      const now = await metrics();
      return (
        now.sum('worker_commands_total') > total && now.sum('commands_total', 'cmd="incr"') >= total && now
      );
    });
    assert.equal(later.sum('commands_total', 'cmd="incr"', 'outcome="ok"'), total);
    assert.equal(later.sum('worker_commands_total'), total + 1);
    assert.deepEqual(later.fallenSince(earlier), []);
    assert.equal(restarts(later, 'reload') - restarts(earlier, 'reload'), 2);
    assert.equal(await workersUp(), 2);
    assert.deepEqual(await newsSince(before), ['ok reload: 2 processes were reloaded']);
  });

  test('pm2 scale: three workers, and two again, which costs nobody a reply', async (t) => {
    const loops = startLoops(t, 6, { port }, 'scaled');
    const before = await status();
    const levels = await levelsDuring(pm2.run('scale', 'corespond', '3'));
    await until('three workers are up', async () => (await workersUp()) === 3);
    levels.push(...(await levelsDuring(pm2.run('scale', 'corespond', '2'))));
    await until('two workers are up', async () => (await workersUp()) === 2);
    const { refused, lost, broken, wrong } = await stopLoops(loops);
    assert.deepEqual({ refused, lost, broken, wrong }, { refused: 0, lost: 0, broken: 0, wrong: [] });
    assert.equal(levels.includes('critical'), false);
    // One that is ending is not up any more, but it has not ended yet.
    const [, started = '', ...others] = await until('the stop is told', async () => {
      const news = await newsSince(before);
      return /^ok stop: worker \d was stopped$/.test(news[0] ?? '') && news;
    });
    assert.match(started, STARTED);
    assert.deepEqual(others, []);
    assert.equal(await readyz(), 200);
  });

  test('pm2 stop and start of the workers: nobody can connect, which is told; a start is no reload', async () => {
    const before = await status();
    const earlier = await metrics();
    await pm2.run('stop', 'corespond');
    const stopped = await until('it shows', async () => {
      const now = await status();
      return now.server.workers.expected === 0 && now;
    });
    await assert.rejects(WireConnection.open(port));
    const alert = alertRules().find(({ alert: name }) => name === 'CorespondNoWorkers');
    assert.equal(alert?.expr, 'corespond_workers == 0');
    assert.equal((await metrics()).sum('workers'), 0);
    assert.equal(stopped.verdict.level, alert?.labels.severity);
    assert.equal(stopped.verdict.reasons[0]?.text, 'there is no worker');
    assert.equal(await readyz(), 503);
    const [last = '', ...others] = await newsSince(before);
    assert.match(last, /^critical stop: worker \d was stopped: no worker was left$/);
    assert.match(others.join(), STOPPED);

    await pm2.run('start', 'corespond');
    await until('two workers are up', async () => (await workersUp()) === 2);
    assert.match((await newsSince(stopped)).join(), STARTED);
    assert.notEqual((await status()).verdict.level, 'critical');
    assert.equal(restarts(await metrics(), 'reload'), restarts(earlier, 'reload'));
  });

  test('pm2 restart of the workers: each is stopped and started', async () => {
    const before = await status();
    const earlier = await metrics();
    await pm2.run('restart', 'corespond');
    await until('two workers are up', async () => (await workersUp()) === 2);
    const kinds = (await newsSince(before)).map((text) => text.split(':')[0]);
    assert.deepEqual([...new Set(kinds)].sort(), ['ok start', 'ok stop']);
    assert.equal(restarts(await metrics(), 'reload'), restarts(earlier, 'reload'));
  });

  test('kill -9 of a worker: pm2 starts another', async () => {
    const [victim = 0] = await pids('corespond');
    const earlier = await metrics();
    const before = await status();
    signal(victim, 'SIGKILL');
    const later = await until('another has come', async () => {
      const now = await metrics();
      return restarts(now, 'crash') === 1 && now;
    });
    assert.deepEqual(later.fallenSince(earlier), []);
    await until('two workers are up', async () => (await workersUp()) === 2);
    const crashed = /^critical restart: worker \d crashed/;
    assert.ok((await newsSince(before)).some((text) => crashed.test(text)));
  });

  test('a worker that hangs is killed, and pm2 starts another', async () => {
    const [victim = 0] = await pids('corespond');
    signal(victim, 'SIGSTOP');
    await until('another has come', async () => restarts(await metrics(), 'hang') === 1);
    assert.equal(isAlive(victim), false);
    await until('two workers are up', async () => (await workersUp()) === 2);
  });

  test('kill -9 of the core: pm2 starts another, and the workers, who live, find it', async () => {
    const workers = await pids('corespond');
    const [core = 0] = await pids('corespond-core');
    const idle = await WireConnection.open(port);
    assert.equal(await idle.call('GET', 'kept'), '$1\r\n1\r\n');
    signal(core, 'SIGKILL');
    await until('the workers are with the new one', async () => (await workersUp()) === 2, 20_000);
    const reply = await until('the keyspace is back', async () => {
      const now = await idle.call('GET', 'kept');
      return !now.startsWith('-LOADING') && now;
    });
    assert.equal(reply, '$-1\r\n', 'the data is gone, the client is not');
    assert.equal(await idle.call('SET', 'kept', '2'), '+OK\r\n');
    idle.close();
    assert.deepEqual(await pids('corespond'), workers);
    await until('all are there', async () => (await readyz()) === 200);
  });

  test('pm2 restart of the core: once /readyz says 200 every worker serves', async (t) => {
    const clients: WireConnection[] = [];
    t.after(() => {
      for (const client of clients) client.close();
    });
    for (let i = 0; i < 4; i++) clients.push(await WireConnection.open(port));
    for (let round = 0; round < 3; round++) {
      await pm2.run('restart', 'corespond-core');
      await until('it is ready', async () => (await readyz()) === 200);
      for (const client of clients) assert.equal(await client.call('SET', 'kept', '2'), '+OK\r\n');
    }
    const [late = 0] = await pids('corespond');
    signal(late, 'SIGSTOP');
    await pm2.run('restart', 'corespond-core');
    const awaiting = async () => (await get(metricsPort, '/readyz')).body.trim();
    await until(
      'the others are there',
      async () => (await awaiting()) === 'workers may still be on their way',
    );
    signal(late, 'SIGCONT');
    await until('both are there', async () => (await readyz()) === 200);
    for (const client of clients) assert.equal(await client.call('SET', 'kept', '2'), '+OK\r\n');
  });

  test('pm2 stop: workers answer what was asked and end', async (t) => {
    const all = [...(await pids('corespond')), ...(await pids('corespond-core'))];
    const loops = startLoops(t, 4, { port, hasty: true, once: true }, 'stopped');
    await until('all clients are served', () => loops.every(({ tally }) => tally.answered > 5));
    await pm2.run('stop', 'all');
    const { goodbyes, broken, wrong } = await stopLoops(loops);
    assert.deepEqual({ goodbyes, broken, wrong }, { goodbyes: 4, broken: 0, wrong: [] });
    await until('nobody is left', () => !all.some(isAlive));
    const log = await pm2.run('logs', 'corespond', '--nostream', '--lines', '100');
    assert.doesNotMatch(log, /"level":"(error|fatal)"/);
    await assert.rejects(WireConnection.open(port));
  });

  test('workers that are started before the core wait for it', async () => {
    const starting = pm2.run('start', 'corespond');
    await until('a worker waits', async () => {
      const log = await pm2.run('logs', 'corespond', '--nostream', '--lines', '20');
      return log.includes(`waiting for the keyspace in ${path.join(pm2.folder, 'run')}`);
    });
    await pm2.run('start', 'corespond-core');
    await starting;
    await until('both workers are up', async () => (await workersUp()) === 2);
  });

  test('kill -9 of pm2 itself: workers answer what was asked and end, the core lives on', async () => {
    const workers = await pids('corespond');
    const [core = 0] = await pids('corespond-core');
    const asking = await WireConnection.open(port);
    const command = encodeCommand(['SET', 'a', '1']);
    asking.send(Buffer.concat([encodeCommand(['PING']), command.subarray(0, 20)]));
    assert.equal(await asking.receive(), '+PONG\r\n');
    signal(pm2.daemon, 'SIGKILL');
    await until('connections are refused', async () => {
      const connection = await WireConnection.open(port).catch(() => undefined);
      connection?.close();
      return connection === undefined;
    });
    asking.send(command.subarray(20));
    assert.equal(await asking.receive(), '+OK\r\n');
    assert.equal(await asking.ended(), '');
    asking.close();
    await until('the workers are gone', () => !workers.some(isAlive));
    assert.ok(isAlive(core));
  });
});
