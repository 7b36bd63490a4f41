import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { Turns } from '../../src/http/turns.ts';
import { until } from '../process/until.ts';

describe('Turns', () => {
  /** What was begun, in order, and how to end it. */
  const scene = () => {
    const turns = new Turns();
    const begun: string[] = [];
    const ends = new Map<string, () => void>();
    const take = (connection: object, name: string): boolean =>
      turns.take(connection, () => {
        begun.push(name);
        return new Promise((resolve) => ends.set(name, resolve));
      });
    return { begun, take, end: (name: string) => ends.get(name)?.() };
  };

  test('begins nothing at once, and one thing in a turn of the event loop', async () => {
    const { begun, take } = scene();
    for (const name of ['a', 'b', 'c']) take({}, name);
    assert.deepEqual(begun, []);
    const counts = [];
    while (begun.length < 3) {
      await turnOfTheLoop();
      counts.push(begun.length);
    }
    assert.deepEqual(counts.slice(-3), [1, 2, 3]);
  });

  test('does one thing at a time on a connection, in order', async () => {
    const { begun, take, end } = scene();
    const [mine, other] = [{}, {}];
    for (const name of ['1', '2', '3']) take(mine, name);
    take(other, 'other');
    await until('the other has its turn', () => begun.includes('other'));
    assert.deepEqual(begun, ['1', 'other']);
    for (const name of ['1', '2']) {
      end(name);
      await until('the next has its turn', () => begun.includes(String(Number(name) + 1)));
    }
    assert.deepEqual(begun, ['1', 'other', '2', '3']);
  });

  test('lets those come last that ask much at once', async () => {
    const { begun, take, end } = scene();
    const greedy = {};
    take(greedy, '1');
    take(greedy, '2');
    await until('it has begun', () => begun.length === 1);
    end('1');
    await Promise.resolve().then(() => {});
    take({}, 'modest');
    take({}, 'modest, too');
    await until('all have their turn', () => begun.length === 4);
    assert.deepEqual(begun, ['1', 'modest', 'modest, too', '2']);
  });

  test('takes no more than it says, and goes on when there is room again', async () => {
    const { begun, take, end } = scene();
    const connection = {};
    let taken = 0;
    while (take(connection, String(taken))) taken++;
    assert.equal(taken, 257);
    await until('the first has begun', () => begun.length === 1);
    end('0');
    await until('the second has begun', () => begun.length === 2);
    assert.equal(take(connection, 'more'), true);
    assert.equal(take(connection, 'too much'), false);
  });
});
