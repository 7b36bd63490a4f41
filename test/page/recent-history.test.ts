import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { RecentHistory } from '../../src/page/browser/recent-history.ts';
import { HISTORY_SPAN } from '../../src/view/status-document.ts';
import { documentSince } from '../view/examples/document-since.ts';
import { type Simulation, simulatedStatus } from '../view/examples/simulated.ts';

const NOW = 1_700_000_000_000;
const STARTED = NOW - 10_000_000;

type Options = Partial<Simulation> & { readonly since?: number | undefined };

const documentAt = (now: number, { since = 0, ...simulation }: Options = {}) =>
  documentSince(simulatedStatus({ scenario: 'ok', now, startedAt: STARTED, ...simulation }), since);

describe('RecentHistory', () => {
  test('puts parts together to what the whole would be, and keeps 15 minutes', () => {
    const recent = new RecentHistory();
    assert.equal(recent.since, undefined);
    assert.equal(recent.add(documentAt(NOW), true), true);
    for (const later of [1000, 2000, 7000, 100_000]) {
      assert.equal(recent.add(documentAt(NOW + later, { since: recent.since }), false), true);
    }
    const { times } = recent.history ?? assert.fail();
    assert.equal(recent.since, NOW + 100_000);
    assert.equal(times.length, HISTORY_SPAN);
    assert.deepEqual(recent.history, documentAt(NOW + 100_000).history);
  });

  test('takes a part with nothing new in it', () => {
    const recent = new RecentHistory();
    recent.add(documentAt(NOW), true);
    const before = recent.history;
    assert.equal(recent.add(documentAt(NOW + 300, { since: recent.since }), false), true);
    assert.deepEqual(recent.history, before);
  });

  const unfit: Array<[title: string, options: Options]> = [
    ['other commands', { commands: ['get', 'set', 'del'] }],
    ['other processes', { scenario: 'many' }],
    ['a server that was started again', { startedAt: NOW }],
    ['moments that it has already', { since: NOW - 5000 }],
  ];
  for (const [title, options] of unfit) {
    test(`wants all anew after ${title}`, () => {
      const recent = new RecentHistory();
      recent.add(documentAt(NOW), true);
      assert.equal(recent.add(documentAt(NOW + 1000, { since: NOW, ...options }), false), false);
      assert.equal(recent.since, undefined);
      assert.equal(recent.add(documentAt(NOW + 2000, options), true), true);
    });
  }
});
