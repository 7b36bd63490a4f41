import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { escapeHtml, htmlOf, pageHtml } from '../../src/page/html.ts';
import { element } from '../../src/page/markup/element.ts';
import { withPlainBlanks } from '../../src/view/unbroken.ts';
import { HOSTILE, type Scenario } from '../view/examples/scenario.ts';
import { simulatedStatus } from '../view/examples/simulated.ts';

const NOW = Date.UTC(2024, 4, 6, 7, 8, 9);
const FILES = { base: '/assets/0', scripts: ['/assets/0/page/browser/main.js'] };

const pageOf = (scenario: Scenario): string => pageHtml(simulatedStatus({ scenario, now: NOW }), FILES);

test('escapeHtml() leaves nothing that ends a text or an attribute', () => {
  assert.equal(
    escapeHtml(`<a href='b' title="c">&amp;`),
    '&lt;a href=&#39;b&#39; title=&quot;c&quot;&gt;&amp;amp;',
  );
});

test('htmlOf() writes elements without a space between them, and their texts and attributes escaped', () => {
  const content = element('p', { title: '"&' }, 'a < b', '', element('b', {}, 'c'));
  assert.equal(htmlOf(content), '<p title="&quot;&amp;">a &lt; b<b>c</b></p>');
});

describe('pageHtml()', () => {
  test('has verdict, reasons, facts, figures, meters and tables', () => {
    const page = withPlainBlanks(pageOf('critical'));
    for (const text of [
      '<title>In trouble · corespond</title>',
      'as of 2024-05-06 07:08:09 UTC',
      'worker 1 is not up',
      '<dt>up for</dt><dd>3 d 4 h</dd>',
      '<dt>latency p99</dt><dd>181 ms</dd>',
      'aria-valuenow="0.9825" aria-valuetext="3.93 GiB of 4 GiB, 98 %"',
      '3.93 GiB of 4 GiB, 98 %',
      '<td class="left" data-level="critical"><span>down</span></td>',
      '<th scope="row" class="left">GET</th>',
      '<span>1.83 s</span>',
      'worker 1 has died: SIGKILL',
    ]) {
      assert.ok(page.includes(text), text);
    }
  });

  test('needs no style or script of its own, and no other host', () => {
    for (const scenario of ['ok', 'critical', 'unknown', 'idle', 'many'] as const) {
      const page = pageOf(scenario);
      assert.doesNotMatch(
        page,
        /\sstyle=|<style|\son[a-z]+=|javascript:|https?:|<script(?! type="module" src=)/,
      );
    }
  });

  test('says what it does without JavaScript', () => {
    assert.match(pageOf('ok'), /<noscript><meta http-equiv="refresh" content="10"><\/noscript>/);
    assert.match(pageOf('ok'), /<noscript><p .*need JavaScript/);
  });

  test('shows hostile texts as texts', () => {
    const page = pageOf('hostile');
    assert.ok(page.includes(escapeHtml(HOSTILE)));
    assert.ok(!page.includes('<img'));
    assert.equal(page.match(/<script/g)?.length, 1);
  });
});
