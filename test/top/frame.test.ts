import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { frameOf, type Scene } from '../../src/top/frame.ts';
import { DISPENSABLE } from '../../src/top/grid.ts';
import { type Line, textOf, widthOf } from '../../src/top/line.ts';
import { plainText } from '../../src/top/plain-text.ts';
import { Trend } from '../../src/top/trend.ts';
import type { StatusDocument } from '../../src/view/status-document.ts';
import { viewOf } from '../../src/view/status-view.ts';
import { IN_TROUBLE, NOW, WELL } from '../view/examples/fixed.ts';

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
      'commands 12.3k/s  latency p50 12.5 µs  latency p99 400 µs  errors 0/s',
      'in 977 KiB/s  out 1.91 MiB/s  keys 123k  hit ratio 97 %',
      'clients          ▏░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  6 of 10,000, <1 %',
      'memory for data  ███████████▍░░░░░░░░░░░░░░░░░░░░░░░░░░░  300 MiB of 1 GiB, 29 %',
      'fullest V8 heap  ▏░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  12 MiB of 4 GiB, <1 %',
      'commands/s       ▃▅▇█  at most 4.5k/s in 4 s',
      'p99               ▄▆█  at most 4 ms in 4 s',
      'Processes  state  loop busy  commands  clients  delay p99  memory     up for',
      'worker 0   up          42 %   6.17k/s        3    12.3 ms  61 MiB  2 h 3 min',
      'worker 1   up          42 %   6.17k/s        3    12.3 ms  61 MiB  2 h 3 min',
      'keyspace   up          42 %   12.3k/s        –    12.3 ms  61 MiB  2 h 3 min',
      'Top commands  calls    mean     p99   errors  total calls  total errors',
      'GET           10k/s  2.1 µs   10 µs      0/s    8,000,000             0',
      'CLIENT LIST   0.5/s  120 µs  300 µs  ! 0.1/s          120            12',
      'Events     event',
      '8 min ago  the workers were replaced on SIGHUP',
      '9 min ago  corespond 0.1.0 has started',
      'Slow log     took       when  arguments',
      'KEYS      15.3 ms  1 min ago          2',
    ]);
  });

  test('shows trouble, and of tables for which there is no room what is most important', () => {
    assert.deepEqual(draw(IN_TROUBLE, 120, 40), [
      'corespond at http://127.0.0.1:9121                                                                     10:00:00   q ends',
      ' In trouble    version 0.1.0   node 20.19.0   mode cluster of its own   up for 2 h 3 min   workers !! 15 of 16',
      '!! worker 9 is down',
      '! the data takes 97 % of maxmemory',
      '',
      'commands 12.3k/s  latency p50 12.5 µs  latency p99 400 µs  errors 0/s  in 977 KiB/s  out 1.91 MiB/s  keys 123k',
      'hit ratio 97 %',
      '',
      'clients          ▏░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  6 of 10,000, <1 %',
      'memory for data  ██████████████████████████████████████▊░  !! 993 MiB of 1 GiB, 97 %',
      'fullest V8 heap  ▏░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  12 MiB of 4 GiB, <1 %',
      'commands/s       ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇██████████████████████████████████████  at most 301k/s in 1 min 10 s',
      'p99              ▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█▂▄▆█  at most 4 ms in 1 min 10 s',
      '',
      'Processes  state    loop busy  commands  clients  delay p99   CPU  memory    heap  restarts     up for   pid',
      'worker 0   up            42 %   6.17k/s        3    12.3 ms  50 %  61 MiB  12 MiB         1  2 h 3 min  4200',
      'worker 1   up            42 %   6.17k/s        3    12.3 ms  50 %  61 MiB  12 MiB         1  2 h 3 min  4201',
      'worker 2   up            42 %   6.17k/s        3    12.3 ms  50 %  61 MiB  12 MiB         1  2 h 3 min  4202',
      'worker 3   up            42 %   6.17k/s        3    12.3 ms  50 %  61 MiB  12 MiB         1  2 h 3 min  4203',
      'worker 4   up          ! 96 %   6.17k/s        3    12.3 ms  50 %  61 MiB  12 MiB       ! 4  2 h 3 min  4204',
      'worker 5   up            42 %   6.17k/s        3    12.3 ms  50 %  61 MiB  12 MiB         1  2 h 3 min  4205',
      'worker 6   up            42 %   6.17k/s        3    12.3 ms  50 %  61 MiB  12 MiB         1  2 h 3 min  4206',
      'worker 7   up            42 %   6.17k/s        3    12.3 ms  50 %  61 MiB  12 MiB         1  2 h 3 min  4207',
      'worker 8   up            42 %   6.17k/s        3    12.3 ms  50 %  61 MiB  12 MiB         1  2 h 3 min  4208',
      'worker 9   !! down          –         –        –    12.3 ms  50 %  61 MiB  12 MiB         1          –     –',
      'worker 10  up            42 %   6.17k/s        3    12.3 ms  50 %  61 MiB  12 MiB         1  2 h 3 min  4210',
      'worker 11  up            42 %   6.17k/s        3    12.3 ms  50 %  61 MiB  12 MiB         1  2 h 3 min  4211',
      'worker 12  up            42 %   6.17k/s        3    12.3 ms  50 %  61 MiB  12 MiB         1  2 h 3 min  4212',
      'keyspace   up            71 %   12.3k/s        –    12.3 ms  50 %  61 MiB  12 MiB         1  2 h 3 min  4299',
      '… 3 more',
      '',
      'Top commands  calls    mean     p99   errors  total calls  total errors   Slow log     took       when  arguments',
      'GET           10k/s  2.1 µs   10 µs      0/s    8,000,000             0   KEYS      12.3 ms    5 s ago          2',
      'CLIENT LIST   0.5/s  120 µs  300 µs  ! 0.1/s          120            12   SORT      24.6 ms   10 s ago          3',
      '                                                                          … 18 more',
      '',
      'Events      event',
      '1 min ago   !! worker 9 has ended by SIGSEGV',
      '2 min ago   ! 5 connections refused: maxclients is reached',
      '… 20 more',
    ]);
  });

  test('keeps the worst in a tiny terminal', () => {
    assert.deepEqual(draw(IN_TROUBLE, 44, 12), [
      'corespond at http://127.0.0.1:9121',
      ' In trouble   version 0.1.0  node 20.19.0',
      '!! worker 9 is down  … 1 more',
      'commands 12.3k/s  latency p50 12.5 µs',
      'clients          6 of 10,000, <1 %',
      'memory for data  !! 993 MiB of 1 GiB, 97 %',
      'fullest V8 heap  12 MiB of 4 GiB, <1 %',
      'Processes  state    loop busy  commands',
      'worker 4   up          ! 96 %   6.17k/s',
      'worker 9   !! down          –         –',
      'keyspace   up            71 %   12.3k/s',
      '… 14 more',
    ]);
  });

  test('tells what it has no room for, where that is something', () => {
    const last = (document: StatusDocument, height: number): string =>
      draw(document, 80, height).at(-1) ?? '';
    assert.equal(last(IN_TROUBLE, 24), 'Slow log (20): make the terminal higher');
    assert.equal(last(IN_TROUBLE, 20), 'Events (22), Slow log (20): make the terminal higher');
    assert.doesNotMatch(draw({ ...IN_TROUBLE, slowLog: [] }, 80, 24).join('\n'), /higher/);
    assert.doesNotMatch(draw(IN_TROUBLE, 80, 30).join('\n'), /higher/);
  });

  test('sets figures apart of which the verdict speaks', () => {
    const traffic = { ...WELL.traffic, commandsPerSecond: 1000, errorsPerSecond: 429, p99: 2.5 };
    assert.deepEqual(draw({ ...WELL, traffic }, 80, 24).slice(3, 5), [
      'commands 1k/s  latency p50 12.5 µs  latency p99 ! > 2.5 s  errors ! 429/s',
      'in 977 KiB/s  out 1.91 MiB/s  keys 123k  hit ratio 97 %',
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

test('the columns that are dropped first are columns that there are', () => {
  for (const { id, columns } of viewOf(WELL).tables) {
    const titles = columns.map(({ title }) => title);
    for (const title of DISPENSABLE[id] ?? []) assert.ok(titles.includes(title), `${id}: ${title}`);
  }
});

describe('plainText()', () => {
  test('cuts nothing, and has no blank line', () => {
    assert.deepEqual(plainText(NAME, viewOf(WELL), NOW).split('\n'), [
      'corespond at http://127.0.0.1:9121, 2026-01-05T10:00:00Z',
      'All is well',
      'version 0.1.0   node 20.19.0   mode cluster of its own   up for 2 h 3 min   workers 2 of 2',
      'commands 12.3k/s  latency p50 12.5 µs  latency p99 400 µs  errors 0/s  in 977 KiB/s  out 1.91 MiB/s  keys 123k',
      'hit ratio 97 %',
      'clients 6 of 10,000, <1 %   memory for data 300 MiB of 1 GiB, 29 %   fullest V8 heap 12 MiB of 4 GiB, <1 %',
      'Processes (The workers and the keyspace; rates of the last second, delay of the last minute)',
      '  process   state  loop busy  commands  clients  delay p99   CPU  memory    heap  restarts     up for   pid',
      '  worker 0  up          42 %   6.17k/s        3    12.3 ms  50 %  61 MiB  12 MiB         1  2 h 3 min  4200',
      '  worker 1  up          42 %   6.17k/s        3    12.3 ms  50 %  61 MiB  12 MiB         1  2 h 3 min  4201',
      '  keyspace  up          42 %   12.3k/s        –    12.3 ms  50 %  61 MiB  12 MiB         1  2 h 3 min  4299',
      'Top commands (The last minute; totals since the start)',
      '  command      calls    mean     p99   errors  total calls  total errors',
      '  GET          10k/s  2.1 µs   10 µs      0/s    8,000,000             0',
      '  CLIENT LIST  0.5/s  120 µs  300 µs  ! 0.1/s          120            12',
      'Slow log (Without arguments, which SLOWLOG GET has)',
      '  command     took       when  arguments',
      '  KEYS     15.3 ms  1 min ago          2',
      'Events (Starts and stops, failures, refused connections, slow clients)',
      '  when       event',
      '  8 min ago  the workers were replaced on SIGHUP',
      '  9 min ago  corespond 0.1.0 has started',
    ]);
    assert.equal(plainText(NAME, viewOf(IN_TROUBLE), NOW).match(/^ {2}worker/gm)?.length, 16);
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
