import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import type { Answer } from '../../src/http/answer.ts';
import { Assets } from '../../src/page/assets.ts';
import { importsOf } from '../architecture/source-tree.ts';
import { DIST } from './fake-server.ts';

describe('Assets', () => {
  const assets = new Assets(DIST);
  const { base } = assets;

  const get = (file: string, knownTag = ''): Answer =>
    assets.answer({ path: file, query: new URLSearchParams(), knownTag });

  test('answers scripts, styles and drawings with their types, to be kept for ever', () => {
    const types = {
      'page/browser/main.js': 'text/javascript; charset=utf-8',
      'view/status-view.js': 'text/javascript; charset=utf-8',
      'page/browser/uplot.js': 'text/javascript; charset=utf-8',
      'page/browser/uplot.css': 'text/css; charset=utf-8',
      'page/browser/page.css': 'text/css; charset=utf-8',
      'page/browser/ok.svg': 'image/svg+xml',
    };
    for (const [file, type] of Object.entries(types)) {
      const answer = get(`${base}/${file}`);
      assert.deepEqual([answer.status, answer.type], [200, type], file);
      assert.equal(answer.headers?.['Cache-Control'], 'public, max-age=31536000, immutable');
    }
  });

  test('has every module that a module imports, and no package by its name', () => {
    assert.ok(assets.scripts.length > 10);
    for (const script of assets.scripts) {
      for (const { target } of importsOf(script, String(get(script).body))) {
        assert.equal(get(target).status, 200, `${script} imports ${target}`);
      }
    }
  });

  test('answers 304 to who has it already', () => {
    const file = `${base}/page/browser/main.js`;
    const tag = get(file).headers?.ETag ?? '';
    assert.match(tag, /^"[0-9a-f]{16}"$/);
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*'])
      assert.equal(get(file, known).status, 304, known);
    for (const known of ['', '"other"', tag.slice(1, -1)]) assert.equal(get(file, known).status, 200, known);
  });

  test('answers 404 to any other path', () => {
    for (const file of [
      '/assets/',
      base,
      `${base}/`,
      `${base}/page/browser`,
      `${base}/../../package.json`,
      `${base}/page/browser/../../main.js`,
      `${base}/page/browser/%2e%2e/%2e%2e/main.js`,
      `${base}/page/browser/main.js.map`,
      `${base}/page/browser/main.ts`,
      `${base}/main.js`,
      `${base}//page/browser/main.js`,
      '/assets/0000000000000000/page/browser/main.js',
      '/assets/constructor',
    ]) {
      assert.equal(get(file).status, 404, file);
    }
  });

  test('is at another place as soon as one file is another', (t) => {
    const copy = mkdtempSync(path.join(os.tmpdir(), 'cs-assets-'));
    t.after(() => rmSync(copy, { recursive: true }));
    for (const folder of ['page', 'view'])
      cpSync(path.join(DIST, folder), path.join(copy, folder), { recursive: true });
    assert.equal(new Assets(copy).base, base);
    writeFileSync(path.join(copy, 'view/names.js'), '');
    assert.notEqual(new Assets(copy).base, base);
  });
});
