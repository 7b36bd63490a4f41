import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { alertRules } from '../grafana/alert-rules.ts';
import { ROOT } from '../process/server-process.ts';
import { blocksOf, headingsOf } from './guide.ts';

/** Why a block is left out: it needs the network, or minutes. */
const MARKS = ['', 'network', 'slow'];

const guide = readFileSync(path.join(ROOT, 'docs/operations.md'), 'utf8');

test('blocks of the guide are marked by known reasons only', () => {
  const blocks = blocksOf(guide);
  assert.ok(blocks.filter(({ mark }) => mark === '').length > 20);
  assert.deepEqual(
    blocks.filter(({ mark }) => !MARKS.includes(mark)),
    [],
  );
});

test('the guide has one heading for each alert', () => {
  const rules = alertRules();
  assert.ok(rules.length > 10);
  assert.deepEqual(headingsOf(guide, 3).sort(), rules.map(({ alert }) => alert).sort());
});

test('links of the guide to its own headings lead somewhere', () => {
  const anchors = [2, 3].flatMap((depth) => headingsOf(guide, depth)).map(anchorOf);
  const links = [...guide.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor);
  assert.deepEqual(
    links.filter((anchor) => !anchors.includes(anchor)),
    [],
  );
});

/** As GitHub makes it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-');
