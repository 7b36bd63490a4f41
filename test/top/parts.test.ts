import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { barOf, sparkline } from '../../src/top/charts.ts';
import { cleanText } from '../../src/top/clean-text.ts';
import { wishOf } from '../../src/top/keys.ts';
import { span } from '../../src/top/line.ts';
import { painted } from '../../src/top/paint.ts';
import { Trend } from '../../src/top/trend.ts';
import { documentSince } from '../view/examples/document-since.ts';
import { historyOf, NOW, WELL } from '../view/examples/fixed.ts';

test('barOf() fills eighths of cells, and shows a trace of what is more than nothing', () => {
  assert.deepEqual(
    [0, 0.001, 0.5, 0.53125, 1].map((share) => barOf(share, 4)),
    ['', '▏', '██', '██▏', '████'],
  );
});

test('sparkline() reaches from nothing to the largest value', () => {
  assert.equal(sparkline([0, 1, 2, 3, 4, 5, 6, 7, 8]), '▁▁▂▃▄▅▆▇█');
  assert.equal(sparkline([0, null, 0]), '▁ ▁');
  assert.equal(sparkline([]), '');
});

test('cleanText() leaves nothing that a terminal would obey, and nothing of another width', () => {
  assert.equal(cleanText('a\x1b[31mb\x9b2Jc\x07'), 'a?[31mb?2Jc?');
  assert.equal(cleanText('two\r\n\tlines\u2028more'), 'two lines more');
  assert.equal(cleanText('\u202eright, 漢字, 🙂, e\u0301, a\u00adb'), '?right, ??, ?, e?, a?b');
  assert.equal(cleanText('12.5 µs – größer …'), '12.5 µs – größer …');
});

describe('wishOf()', () => {
  const wishes: Array<[keys: string, wish: ReturnType<typeof wishOf>]> = [
    ['q', 'end'],
    ['Q', 'end'],
    ['\x03', 'end'],
    ['\x1b', 'end'],
    ['xq', 'end'],
    ['\x1b\x1b', 'end'],
    ['\x1a', 'stop'],
    ['x', null],
    ['\x1b[A', null],
    ['\x1b[15;2~', null],
    ['\x1bOP', null],
    ['\x1bq', null],
    ['\x1b[Aq', 'end'],
  ];
  for (const [keys, wish] of wishes) {
    test(JSON.stringify(keys), () => assert.equal(wishOf(keys), wish));
  }
});

test('painted() has colours only if they are wanted', () => {
  const line = [span('worker 1 '), span('! 97 %', 'mark-warning'), span('', 'strong')];
  assert.equal(painted(line, true), 'worker 1 \x1b[1;33m! 97 %\x1b[0m');
  assert.equal(painted(line, false), 'worker 1 \x1b[1m! 97 %\x1b[0m');
});

describe('Trend', () => {
  const at = (seconds: number) => ({ ...WELL, now: NOW + seconds * 1000 });

  test('sums the commands, and knows from where on to ask', () => {
    const trend = new Trend();
    assert.equal(trend.since, null);
    trend.add(WELL);
    assert.equal(trend.since, NOW);
    assert.deepEqual(trend.last(4), [
      { at: NOW - 3000, commandsPerSecond: 1500, p99: null },
      { at: NOW - 2000, commandsPerSecond: 2500, p99: 0.002 },
      { at: NOW - 1000, commandsPerSecond: 3500, p99: 0.003 },
      { at: NOW, commandsPerSecond: 4500, p99: 0.004 },
    ]);
    assert.deepEqual(trend.last(0), []);
    assert.equal(trend.span(trend.last(3)), 3);
  });

  test('appends what is new, once, and keeps 15 minutes', () => {
    const trend = new Trend();
    trend.add({ ...WELL, history: historyOf(899) });
    trend.add({ ...WELL, history: historyOf(3) });
    assert.equal(trend.last(10_000).length, 899);
    const more = { ...historyOf(2), times: [NOW + 1000, NOW + 2000] };
    trend.add({ ...at(2), history: more });
    assert.equal(trend.last(10_000).length, 900);
    assert.equal(trend.since, NOW + 2000);
    trend.add(documentSince(at(3), NOW + 2000));
    assert.equal(trend.last(10_000).length, 900);
  });

  test('begins anew when the instance does, or when its clock goes back', () => {
    const trend = new Trend();
    trend.add({ ...WELL, history: historyOf(100) });
    trend.add({ ...WELL, server: { ...WELL.server, startedAt: NOW - 1000 }, history: historyOf(2) });
    assert.equal(trend.last(1000).length, 2);
    trend.add({
      ...at(-60),
      server: { ...WELL.server, startedAt: NOW - 1000 },
      history: documentSince(WELL, NOW).history,
    });
    assert.equal(trend.since, null);
  });
});
