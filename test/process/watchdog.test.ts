import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Watchdog } from '../../src/process/watchdog.ts';

/** A watchdog over two members, and a clock to turn. */
function create(limit: number) {
  const members = [
    { name: 'a', lastHeard: 0 },
    { name: 'b', lastHeard: 0 },
  ];
  const silent: string[] = [];
  let time = 0;
  const watchdog = new Watchdog<(typeof members)[number]>({
    limit,
    now: () => time,
    watched: () => members,
    onSilent: ({ name }) => silent.push(name),
  });
  const pass = (milliseconds: number) => {
    time += milliseconds;
    watchdog.look();
  };
  return { members, silent, pass };
}

test('Watchdog.look(): who is silent for the limit is reported, who speaks is not', () => {
  const { members, silent, pass } = create(1000);
  for (let i = 0; i < 3; i++) pass(250);
  assert.deepEqual(silent, []);
  members[1]!.lastHeard = 750;
  pass(250);
  assert.deepEqual(silent, ['a']);
});

test('Watchdog.look(): who looks late was away itself and reports nobody before another limit has passed', () => {
  const { silent, pass } = create(1000);
  pass(250);
  pass(5000);
  assert.deepEqual(silent, []);
  for (let i = 0; i < 3; i++) pass(250);
  assert.deepEqual(silent, []);
  pass(250);
  assert.deepEqual(silent, ['a', 'b']);
});
