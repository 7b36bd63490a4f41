import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noTraffic } from '../../src/instance/traffic.ts';
import type { DownwardMessage } from '../../src/process/control-message.ts';
import { TrafficRelay } from '../../src/process/traffic-relay.ts';

/** A relay to one keyspace, and what that has heard: bytes received by workers. */
function create() {
  const counted = noTraffic();
  const heard: number[] = [];
  const keyspace = {
    isBusy: false,
    offer(message: DownwardMessage): boolean {
      if (message.type === 'traffic' && !this.isBusy) heard.push(message.traffic.bytesIn);
      return !this.isBusy;
    },
  };
  const relay = new TrafficRelay({ traffic: () => ({ ...counted }), keyspaces: () => [keyspace] });
  return { counted, heard, keyspace, relay };
}

test('TrafficRelay gathers news for a moment and tells what has been counted at its end', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { counted, heard, relay } = create();
  for (const bytes of [1, 2, 3]) {
    counted.bytesIn = bytes;
    relay.announce();
    t.mock.timers.tick(10);
  }
  assert.deepEqual(heard, []);
  counted.bytesIn = 4;
  t.mock.timers.tick(70);
  assert.deepEqual(heard, [4]);
  t.mock.timers.tick(1000);
  assert.deepEqual(heard, [4]);
  relay.announce();
  t.mock.timers.tick(100);
  assert.deepEqual(heard, [4, 4]);
});

test('TrafficRelay tells a keyspace that comes at once, and nobody after it was stopped', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { counted, heard, keyspace, relay } = create();
  counted.bytesIn = 7;
  relay.tell([keyspace]);
  assert.deepEqual(heard, [7]);
  relay.announce();
  relay.stop();
  t.mock.timers.tick(1000);
  assert.deepEqual(heard, [7]);
});

test('TrafficRelay tells a keyspace that does not read nothing, and the newest when it does', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { counted, heard, keyspace, relay } = create();
  keyspace.isBusy = true;
  relay.announce();
  t.mock.timers.tick(1000);
  assert.deepEqual(heard, []);
  counted.bytesIn = 9;
  keyspace.isBusy = false;
  t.mock.timers.tick(100);
  assert.deepEqual(heard, [9]);
});
