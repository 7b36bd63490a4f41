import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { htmlOf } from '../../src/page/html.ts';
import { factsMarkup } from '../../src/page/markup/facts.ts';
import { isQuiet } from '../../src/page/markup/quiet.ts';
import { inPageOrder } from '../../src/page/markup/table-order.ts';
import { tablesOf } from '../../src/view/tables.ts';
import { WELL } from '../view/examples/fixed.ts';

test('isQuiet() knows what says nothing', () => {
  for (const figure of ['–', '0', '0/s', '0 B', '0 B/s', '0 %', '0\u00a0%', '0 s'])
    assert.ok(isQuiet(figure), figure);
  for (const figure of ['1', '10', '0.5/s', '<1 %', '05', '– of –', '']) assert.ok(!isQuiet(figure), figure);
});

test('facts have a level where not all is well, and are quiet where there is nothing', () => {
  const facts = factsMarkup('figures', [
    { label: 'a', value: '0/s', level: 'ok' },
    { label: 'b', value: '7 s', level: 'warning' },
  ]);
  assert.equal(
    htmlOf(facts),
    '<dl id="figures" class="figures"><div data-key="a"><dt>a</dt><dd class="quiet">0/s</dd></div>' +
      '<div data-key="b" data-level="warning"><dt>b</dt><dd>7 s</dd></div></dl>',
  );
});

describe('inPageOrder()', () => {
  const tables = tablesOf(WELL);
  const ordered = inPageOrder(tables);

  test('puts what happened before what is long', () => {
    assert.deepEqual(
      ordered.map(({ id }) => id),
      ['processes', 'events', 'commands', 'slow'],
    );
  });

  test('has restarts among the first columns, and their cells with them', () => {
    const [processes] = ordered;
    const titles = processes?.columns.map(({ title }) => title) ?? [];
    assert.deepEqual(titles.slice(0, 7), [
      'process',
      'state',
      'loop busy',
      'commands',
      'clients',
      'restarts',
      'delay p99',
    ]);
    const restarts = tables[0]?.columns.findIndex(({ title }) => title === 'restarts') ?? -1;
    assert.equal(processes?.rows[0]?.cells[5], tables[0]?.rows[0]?.cells[restarts]);
    assert.equal(processes?.rows[0]?.cells.length, titles.length);
  });

  test('leaves the columns of other tables as they are', () => {
    assert.deepEqual(
      ordered[3],
      tables.find(({ id }) => id === 'slow'),
    );
  });
});
