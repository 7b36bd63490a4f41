import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noTraffic } from '../../src/instance/traffic.ts';
import { Stage } from '../server/stage.ts';

test('leave() forgets everything about a session, and may be called twice', () => {
  const stage = new Stage();
  const speaker = stage.speaker();
  const watcher = stage.speaker();
  const { instance } = stage;
  stage.run(watcher, 'MONITOR');
  stage.runAll(speaker, 'WATCH k', 'MULTI', 'PING');
  instance.pause.hold(speaker.session);
  for (const { session } of [speaker, watcher, speaker]) instance.leave(session);
  assert.equal(instance.sessions.size, 0);
  assert.equal(instance.sessions.get(speaker.session.id), undefined);
  assert.equal(instance.keyspace.watch.size, 0);
  assert.equal(instance.monitors.size, 0);
  assert.deepEqual(instance.pause.end(), []);
});

test('CLIENT KILL: leave() has happened when the reply is written, the connection ends at once', () => {
  const stage = new Stage();
  const speaker = stage.speaker();
  const victim = stage.speaker();
  stage.runAll(victim, 'WATCH k', 'MULTI');
  const { id } = victim.session;
  const kill = `CLIENT KILL ID ${id} TYPE normal`;
  assert.equal(stage.runAll(speaker, kill, kill), ':1\r\n:0\r\n');
  assert.deepEqual(victim.ends, ['killed at once']);
  assert.equal(victim.session.closing, 'killed');
  assert.equal(stage.instance.keyspace.watch.size, 0);
  assert.doesNotMatch(stage.run(speaker, 'CLIENT LIST') ?? '', new RegExp(`id=${id} `));
});

test('CLIENT KILL of oneself ends the connection behind the reply', () => {
  const stage = new Stage();
  const speaker = stage.speaker();
  assert.equal(stage.run(speaker, 'CLIENT KILL 127.0.0.1:1'), '+OK\r\n');
  assert.equal(speaker.session.closing, 'killed');
  assert.deepEqual(speaker.ends, []);
});

test('followTraffic() takes what was told; what there was before the first time is no rate', () => {
  const { instance, clock } = new Stage();
  const tell = (bytesIn: number) => {
    instance.followTraffic({ ...noTraffic(), bytesIn });
    clock.time += 100;
    instance.keyspace.tick();
    instance.sample();
  };
  instance.sample();
  tell(1_000_000);
  assert.equal(instance.rates.perSecond.bytesIn, 0);
  tell(1_000_050);
  assert.equal(instance.rates.perSecond.bytesIn, 500);
  assert.equal(instance.statistics.figures.traffic.bytesIn, 1_000_050);
  instance.resetStatistics();
  tell(1_000_060);
  assert.equal(instance.statistics.figures.traffic.bytesIn, 10);
});
