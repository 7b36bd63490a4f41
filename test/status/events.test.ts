import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Events, type Happening } from '../../src/status/events.ts';

const refused = (about: string, count = 1): Happening => ({
  level: 'warning',
  kind: 'rejected',
  about,
  count,
  say: (all) => `${all} refused: ${about}`,
});

describe('Events', () => {
  test('what goes on is one event: it keeps its id, counts on and moves to the top', () => {
    const events = new Events();
    events.note(refused('limit', 3), 1000);
    events.note(refused('address'), 2000);
    events.note(refused('limit', 4), 50_000);
    assert.deepEqual(
      events.newest.map(({ id, at, text }) => [id, at, text]),
      [
        [1, 50_000, '7 refused: limit'],
        [2, 2000, '1 refused: address'],
      ],
    );
  });

  test('after a minute without it, it is another one', () => {
    const events = new Events();
    events.note(refused('limit'), 0);
    events.note(refused('limit'), 60_000);
    assert.deepEqual(
      events.newest.map(({ id, text }) => [id, text]),
      [
        [2, '1 refused: limit'],
        [1, '1 refused: limit'],
      ],
    );
  });

  test('what goes on to be something else keeps its id and moves to the top', () => {
    const events = new Events();
    const id = events.note({ level: 'critical', kind: 'down', say: () => 'is down' }, 1000);
    events.note(refused('limit'), 2000);
    events.amend(id, () => 'was down', 3000);
    assert.deepEqual(
      events.newest.map((event) => [event.id, event.at, event.text]),
      [
        [1, 3000, 'was down'],
        [2, 2000, '1 refused: limit'],
      ],
    );
    events.remove(id);
    assert.deepEqual(
      events.newest.map((event) => event.id),
      [2],
    );
  });

  test('the oldest give way', () => {
    const events = new Events();
    for (let i = 1; i <= 60; i++) events.note(refused(`reason ${i}`), i);
    assert.equal(events.newest.length, 50);
    assert.equal(events.newest.at(0)?.text, '1 refused: reason 60');
    assert.equal(events.newest.at(-1)?.text, '1 refused: reason 11');
  });
});
