import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { Events } from '../../src/status/events.ts';
import { type EventKind, HISTORY_SPAN, type StatusDocument } from '../../src/view/status-document.ts';
import { calls } from '../metrics/reports.ts';
import { Scene } from '../status/scene.ts';

const PAGE = readFileSync(path.resolve(import.meta.dirname, '../../docs/status.md'), 'utf8');
const FIELDS = PAGE.slice(PAGE.indexOf('\n## Fields\n'));
/** All there are: the compiler sees to that. */
const KINDS: Readonly<Record<EventKind, true>> = {
  start: true,
  stop: true,
  reload: true,
  restart: true,
  down: true,
  rejected: true,
  slow_client: true,
};
/** Objects whose keys are commands or processes. */
const MAPS = ['history.commandsPerSecond', 'history.utilisation'];

/** The document of an instance that has something to tell in each of its parts. */
function documentOf(moments: number, commands: readonly string[]): StatusDocument {
  const scene = new Scene();
  scene.problems = ['worker 1 is not up'];
  const slowCalls = Array.from({ length: 20 }, (_, id) => ({
    id,
    at: scene.now,
    command: 'keys',
    microseconds: 1e6,
    argc: 2,
  }));
  for (let moment = 1; moment <= moments; moment++) {
    const counted = Object.fromEntries(commands.map((name, i) => [name, calls(moment * (i + 1))]));
    scene.says(0, { counters: { eventloop_seconds_total: { active: moment * 1e5, idle: moment * 9e5 } } });
    scene.says('keyspace', { commands: counted, slowCalls });
    scene.pass(1);
  }
  return scene.status();
}

/** Paths of all values in a document: `events[].id`, `history.utilisation.*[]`. */
function pathsIn(value: unknown, at = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((element) => pathsIn(element, `${at}[]`));
  if (typeof value !== 'object' || value === null) return [at];
  return Object.entries(value).flatMap(([key, child]) => {
    const step = MAPS.includes(at) ? '*' : key;
    return pathsIn(child, at === '' ? step : `${at}.${step}`);
  });
}

describe('docs/status.md', () => {
  test('describes each field of the document, and no other', () => {
    const described = [...FIELDS.matchAll(/^\| `([\w.[\]*]+)` \| [^|]+ \|/gm)].map(([, field = '']) => field);
    const present = [...new Set(pathsIn(documentOf(3, ['get'])))];
    assert.deepEqual(described.sort(), present.sort());
  });

  test('describes each kind of events', () => {
    const section = PAGE.slice(PAGE.indexOf('\n## Kinds of events\n'), PAGE.indexOf('\n## Fields\n'));
    const described = [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, kind]) => kind);
    assert.deepEqual(described, Object.keys(KINDS));
  });

  test('tells the limits', () => {
    const names = Array.from({ length: 30 }, (_, i) => `command${i}`);
    const document = documentOf(HISTORY_SPAN + 10, names);
    const { history, commands, slowLog } = document;
    const limit = (field: string) => {
      const [, text = ''] = new RegExp(`^\\| \`${field}\` \\| (?:the )?(\\d+)`, 'm').exec(PAGE) ?? [];
      return Number(text);
    };
    assert.equal(history.times.length, limit('history'));
    assert.equal(Object.keys(history.commandsPerSecond).length, limit('history.commandsPerSecond') + 1);
    assert.ok('other' in history.commandsPerSecond);
    assert.equal(commands.length, limit('commands'));
    assert.equal(slowLog.length, limit('slowLog'));
    const events = new Events();
    for (const about of names.flatMap((name) => [name, `${name} again`])) {
      events.note({ level: 'ok', kind: 'restart', about, say: () => about }, 0);
    }
    assert.equal(events.newest.length, limit('events'));
  });
});
