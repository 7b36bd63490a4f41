import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { frameOf, type Scene } from '../../src/top/frame.ts';
import { type Line, textOf, widthOf } from '../../src/top/line.ts';
import { plainText } from '../../src/top/plain-text.ts';
import { Trend } from '../../src/top/trend.ts';
import type { StatusDocument } from '../../src/view/status-document.ts';
import { viewOf } from '../../src/view/status-view.ts';
import { IN_TROUBLE, NOW, WELL } from './documents.ts';

const NAME = 'http://127.0.0.1:9121';

const sceneOf = (document: StatusDocument, more: Partial<Scene> = {}): Scene => {
  const trend = new Trend();
  trend.add(document);
  return { name: NAME, view: viewOf(document), clock: '10:00:00', trend, trouble: null, ...more };
};

const draw = (document: StatusDocument, width: number, height: number): string[] =>
  frameOf(sceneOf(document), { width, height }).map(textOf);

describe('frameOf()', () => {
  test('fits a usual terminal', () => {
    assert.deepEqual(draw(WELL, 80, 24), [
      'corespond at http://127.0.0.1:9121                             10:00:00   q ends',
      ' All is well   version 0.1.0  node 20.19.0  mode cluster of its own',
      'up for 2 h 3 min  workers 2 of 2',
      'commands 12.3k/s  p50 12.5 µs  p99 400 µs  errors 0/s  new connections 0.5/s',
      'keys 123k  hits 97 %',
      'clients          ▏░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  6 of 10,000, <1 %',
      'memory for data  ███████████▍░░░░░░░░░░░░░░░░░░░░░░░░░░░  300 MiB of 1 GiB, 29 %',
      'fullest V8 heap  ▏░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  12 MiB of 4 GiB, <1 %',
      'commands/s       ▃▅▇█  at most 4.5k/s in 4 s',
      'p99               ▄▆█  at most 4 ms in 4 s',
      'Processes  state     up for  clients  commands  loop busy  delay p99  memory',
      'worker 0   up     2 h 3 min        3   6.17k/s       42 %    12.3 ms  61 MiB',
      'worker 1   up     2 h 3 min        3   6.17k/s       42 %    12.3 ms  61 MiB',
      'keyspace   up     2 h 3 min        –   12.3k/s       42 %    12.3 ms  61 MiB',
      'Top commands  calls    mean     p99   errors  calls since start',
      'GET           10k/s  2.1 µs   10 µs      0/s          8,000,000',
      'CLIENT LIST   0.5/s  120 µs  300 µs  ! 0.1/s                120',
      'Events                                    when',
      'the workers were replaced on SIGHUP  8 min ago',
      'corespond 0.1.0 has started          9 min ago',
      'Slow log     took  arguments            when',
      'KEYS      15.3 ms          2  1 min 35 s ago',
    ]);
  });

  test('shows trouble, and of tables for which there is no room what is most important', () => {
    assert.deepEqual(draw(IN_TROUBLE, 120, 40), [
      'corespond at http://127.0.0.1:9121                                                                     10:00:00   q ends',
      ' In trouble    version 0.1.0   node 20.19.0   mode cluster of its own   up for 2 h 3 min   workers 15 of 16',
      '!! worker 9 is down',
      '! the data takes 97 % of maxmemory',
      '',
      'commands 12.3k/s   p50 12.5 µs   p99 400 µs   errors 0/s   new connections 0.5/s   keys 123k   hits 97 %',
      '',
      'clients          ▏░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  6 of 10,000, <1 %',
      'memory for data  ██████████████████████████████████████▊░  !! 993 MiB of 1 GiB, 97 %',
      'fullest V8 heap  ▏░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  12 MiB of 4 GiB, <1 %',
      'commands/s       ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇██████████████████████████████████████  at most 301k/s in 1 min 10 s',
      'p99              ▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█  at most 4 ms in 1 min 10 s',
      '',
      'Processes  state     pid     up for  restarts  clients  commands  loop busy  delay p99   CPU    heap  memory',
      'worker 0   up       4200  2 h 3 min         1        3   6.17k/s       42 %    12.3 ms  50 %  12 MiB  61 MiB',
      'worker 1   up       4201  2 h 3 min         1        3   6.17k/s       42 %    12.3 ms  50 %  12 MiB  61 MiB',
      'worker 2   up       4202  2 h 3 min         1        3   6.17k/s       42 %    12.3 ms  50 %  12 MiB  61 MiB',
      'worker 3   up       4203  2 h 3 min         1        3   6.17k/s       42 %    12.3 ms  50 %  12 MiB  61 MiB',
      'worker 4   up       4204  2 h 3 min       ! 4        3   6.17k/s     ! 96 %    12.3 ms  50 %  12 MiB  61 MiB',
      'worker 5   up       4205  2 h 3 min         1        3   6.17k/s       42 %    12.3 ms  50 %  12 MiB  61 MiB',
      'worker 6   up       4206  2 h 3 min         1        3   6.17k/s       42 %    12.3 ms  50 %  12 MiB  61 MiB',
      'worker 7   up       4207  2 h 3 min         1        3   6.17k/s       42 %    12.3 ms  50 %  12 MiB  61 MiB',
      'worker 8   up       4208  2 h 3 min         1        3   6.17k/s       42 %    12.3 ms  50 %  12 MiB  61 MiB',
      'worker 9   !! down     –          –         1        –         –          –    12.3 ms  50 %  12 MiB  61 MiB',
      'worker 10  up       4210  2 h 3 min         1        3   6.17k/s       42 %    12.3 ms  50 %  12 MiB  61 MiB',
      'worker 11  up       4211  2 h 3 min         1        3   6.17k/s       42 %    12.3 ms  50 %  12 MiB  61 MiB',
      'worker 12  up       4212  2 h 3 min         1        3   6.17k/s       42 %    12.3 ms  50 %  12 MiB  61 MiB',
      'worker 13  up       4213  2 h 3 min         1        3   6.17k/s       42 %    12.3 ms  50 %  12 MiB  61 MiB',
      'keyspace   up       4299  2 h 3 min         1        –   12.3k/s       71 %    12.3 ms  50 %  12 MiB  61 MiB',
      '… 2 more',
      '',
      'Top commands  calls    mean     p99   errors  calls since start             Slow log     took  arguments            when',
      'GET           10k/s  2.1 µs   10 µs      0/s          8,000,000             KEYS      12.3 ms          2         5 s ago',
      'CLIENT LIST   0.5/s  120 µs  300 µs  ! 0.1/s                120             SORT      24.6 ms          3        10 s ago',
      '                                                                            … 18 more',
      '',
      'Events                                                when',
      '!! worker 9 has ended by SIGSEGV                 1 min ago',
      '! 5 connections refused: maxclients is reached   2 min ago',
      '… 20 more',
    ]);
  });

  test('keeps the worst in a tiny terminal', () => {
    assert.deepEqual(draw(IN_TROUBLE, 44, 12), [
      'corespond at http://127.0.0.1:9121',
      ' In trouble   version 0.1.0  node 20.19.0',
      '!! worker 9 is down  … 1 more',
      'commands 12.3k/s  p50 12.5 µs  p99 400 µs',
      'clients          6 of 10,000, <1 %',
      'memory for data  !! 993 MiB of 1 GiB, 97 %',
      'fullest V8 heap  12 MiB of 4 GiB, <1 %',
      'Processes  state    commands  loop busy',
      'worker 4   up        6.17k/s     ! 96 %',
      'worker 9   !! down         –          –',
      'keyspace   up        12.3k/s       71 %',
      '… 14 more',
    ]);
  });

  test('is never larger than the terminal', () => {
    for (const document of [WELL, IN_TROUBLE]) {
      const scene = sceneOf(document);
      for (let width = 1; width <= 240; width += 7) {
        for (let height = 1; height <= 70; height += 3) {
          const lines = frameOf(scene, { width, height });
          assert.ok(lines.length <= height, `${width}x${height}: ${lines.length} lines`);
          for (const line of lines) {
            assert.ok(widthOf(line) <= width, `${width}x${height}: ${textOf(line)}`);
          }
        }
      }
    }
  });

  test('puts pictures side by side in a broad terminal', () => {
    const lines = draw(WELL, 200, 60);
    assert.ok(lines.some((line) => line.startsWith('clients ') && line.includes('commands/s ')));
  });

  test('says why there are no newer figures, and keeps the last ones', () => {
    const scene = sceneOf(WELL, { trouble: 'no answer for 5 s' });
    const lines = frameOf(scene, { width: 80, height: 24 }).map(textOf);
    assert.deepEqual(lines.slice(1, 3), [' No answer', 'no answer for 5 s']);
    assert.ok(!lines.some((line) => line.includes('All is well')));
    assert.ok(lines.some((line) => line.startsWith('worker 1 ')));
  });

  test('has something to say before the first answer', () => {
    const scene = { ...sceneOf(WELL), view: null, clock: '' };
    const size = { width: 60, height: 24 };
    assert.deepEqual(frameOf(scene, size).map(textOf), [
      'corespond at http://127.0.0.1:9121                    q ends',
      'asking …',
    ]);
    assert.equal(frameOf({ ...scene, trouble: 'no answer' }, size).length, 3);
  });

  test('tells levels apart without colours', () => {
    const marks = (lines: Line[]) =>
      lines.flat().filter(({ style }) => /^mark-(warning|critical)$/.test(style));
    const shown = marks(frameOf(sceneOf(IN_TROUBLE), { width: 120, height: 60 }));
    assert.ok(shown.length > 5);
    for (const { text } of shown) assert.match(text, /!|█/);
  });
});

describe('plainText()', () => {
  test('cuts nothing, and has no blank line', () => {
    assert.deepEqual(plainText(NAME, viewOf(WELL), NOW).split('\n'), [
      'corespond at http://127.0.0.1:9121, 2026-01-05T10:00:00Z',
      'All is well',
      'version 0.1.0   node 20.19.0   mode cluster of its own   up for 2 h 3 min   workers 2 of 2',
      'commands 12.3k/s   p50 12.5 µs   p99 400 µs   errors 0/s   new connections 0.5/s   keys 123k   hits 97 %',
      'clients 6 of 10,000, <1 %   memory for data 300 MiB of 1 GiB, 29 %   fullest V8 heap 12 MiB of 4 GiB, <1 %',
      'Processes (The workers and the keyspace; rates of the last second, delay of the last minute)',
      '  process   state   pid     up for  restarts  clients  commands  loop busy  delay p99   CPU    heap  memory',
      '  worker 0  up     4200  2 h 3 min         1        3   6.17k/s       42 %    12.3 ms  50 %  12 MiB  61 MiB',
      '  worker 1  up     4201  2 h 3 min         1        3   6.17k/s       42 %    12.3 ms  50 %  12 MiB  61 MiB',
      '  keyspace  up     4299  2 h 3 min         1        –   12.3k/s       42 %    12.3 ms  50 %  12 MiB  61 MiB',
      'Top commands (The last minute)',
      '  command      calls    mean     p99   errors  calls since start  errors since start',
      '  GET          10k/s  2.1 µs   10 µs      0/s          8,000,000                   0',
      '  CLIENT LIST  0.5/s  120 µs  300 µs  ! 0.1/s                120                  12',
      'Slow log (Commands slower than slowlog-log-slower-than; their arguments are in SLOWLOG GET)',
      '  command     took  arguments            when',
      '  KEYS     15.3 ms          2  1 min 35 s ago',
      'Events (Restarts, refused connections, slow clients)',
      '  event                                     when',
      '  the workers were replaced on SIGHUP  8 min ago',
      '  corespond 0.1.0 has started          9 min ago',
    ]);
    assert.equal(plainText(NAME, viewOf(IN_TROUBLE), NOW).match(/^ {2}worker/gm)?.length, 36);
  });

  test('says in words how bad it is', () => {
    const lines = plainText(NAME, viewOf(IN_TROUBLE), NOW).split('\n');
    assert.deepEqual(lines.slice(1, 4), [
      'In trouble:',
      '  critical: worker 9 is down',
      '  warning: the data takes 97 % of maxmemory',
    ]);
    assert.ok(lines.some((line) => line.includes('memory for data 993 MiB of 1 GiB, 97 % (critical)')));
  });

  test('tells that there is nothing to tell', () => {
    const text = plainText(NAME, viewOf({ ...WELL, slowLog: [], events: [] }), NOW);
    assert.match(text, /^ {2}No slow command\.$/m);
  });
});
