import assert from 'node:assert/strict';
import { test } from 'node:test';
import { durationOf, Progress } from '../../bench/progress.ts';

const CLEAR = '\r\u001b[K';

/** A progress whose clock we set and whose stream we read. */
function stage(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  const clock = { now: 1000 };
  const stream = { isTTY, columns, write: (text: string) => written.push(text) };
  const progress = new Progress({ stream, now: () => clock.now });
  const seconds = (n: number) => {
    clock.now += n * 1000;
  };
  return { progress, written, seconds };
}

test('piped: a line for each finished step, with what is left by the mean of those before', async () => {
  const { progress, written, seconds } = stage(false);
  progress.plan(3);
  await progress.prepare('filling', () => seconds(2));
  const result = await progress.step('GET P1', async () => {
    seconds(10);
    return 'result';
  });
  assert.equal(result, 'result');
  await progress.step('SET P1', () => seconds(20));
  await progress.step('INCR P1', () => seconds(60));
  assert.deepEqual(written, [
    'bench: 1 of 3: GET P1, 10 s (12 s so far, about 20 s left)\n',
    'bench: 2 of 3: SET P1, 20 s (32 s so far, about 15 s left)\n',
    'bench: 3 of 3: INCR P1, 1 min 0 s (1 min 32 s so far, about 0 s left)\n',
  ]);
});

test('terminal: one line, drawn again each second, and gone when nothing is measured', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const { progress, written, seconds } = stage(true);
  progress.plan(2);
  await progress.prepare('filling', () => {});
  await progress.step('GET P1', () => {
    seconds(1);
    t.mock.timers.tick(1000);
  });
  await progress.step('SET P1', () => {});
  t.mock.timers.tick(5000);
  assert.deepEqual(written, [
    `${CLEAR}0 of 2, then: filling (0 s so far)`,
    CLEAR,
    `${CLEAR}1 of 2: GET P1 (0 s so far)`,
    `${CLEAR}1 of 2: GET P1 (1 s so far)`,
    CLEAR,
    `${CLEAR}2 of 2: SET P1 (1 s so far, about 1 s left)`,
    CLEAR,
  ]);
});

test('a line of a terminal is never longer than the terminal is wide', async () => {
  for (const columns of [10, 30, 40]) {
    const { progress, written } = stage(true, columns);
    progress.plan(1);
    await progress.step('a name that is much too long for such a terminal', () => {});
    const [drawn = ''] = written;
    assert.ok(drawn.slice(CLEAR.length).length < columns);
  }
});

test('a step that fails leaves a clean line and says so', async () => {
  const { progress, written } = stage(true);
  progress.plan(1);
  await assert.rejects(
    progress.step('GET P1', () => {
      throw new Error('no server');
    }),
    /no server/,
  );
  assert.equal(written.at(-1), CLEAR);
});

test('durations are told as people tell them', () => {
  assert.equal(durationOf(400), '0 s');
  assert.equal(durationOf(59_600), '1 min 0 s');
  assert.equal(durationOf(192_000), '3 min 12 s');
  assert.equal(durationOf(4_800_000), '1 h 20 min');
});
