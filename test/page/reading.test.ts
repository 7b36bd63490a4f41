import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { AxeResults } from 'axe-core';
import axe from 'axe-core';
import { noBrowser, TestBrowser, type WatchedPage } from './browser.ts';
import { FakeServer } from './fake-server.ts';
import type { Scenario } from './fake-status.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const PHONE = { width: 390, height: 844 };

/** What is wrong with a page for people who read it otherwise, one line each. */
async function barriers({ page }: WatchedPage): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run({ runOnly: ${JSON.stringify(RULES)}, resultTypes: ['violations'] })`,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`),
  );
}

describe('reading the status page', { skip: noBrowser }, () => {
  let browser: TestBrowser;
  const server = new FakeServer();
  before(async () => {
    browser = await TestBrowser.launch();
    await server.start();
  });
  after(async () => {
    await browser.close();
    await server.stop();
  });

  const open = async (scenario: Scenario, options: Parameters<TestBrowser['open']>[1]) => {
    server.scenario = scenario;
    const shown = await browser.open(server.url, options);
    if (options?.javaScriptEnabled !== false) await shown.page.waitForSelector('.is-live canvas');
    return shown;
  };

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const scenario of ['ok', 'warning', 'critical', 'unknown'] as const) {
      test(`axe finds nothing: ${scenario}, ${colorScheme}`, async () => {
        const shown = await open(scenario, { colorScheme });
        assert.deepEqual(await barriers(shown), []);
        await shown.close();
      });
    }

    test(`axe finds nothing: on a phone, ${colorScheme}`, async () => {
      const shown = await open('critical', { colorScheme, viewport: PHONE });
      assert.deepEqual(await barriers(shown), []);
      await shown.close();
    });

    test(`axe finds nothing: no answer, ${colorScheme}`, async () => {
      const shown = await open('critical', { colorScheme });
      server.failure = { status: 500, type: 'text/plain', body: '' };
      await shown.page.waitForSelector('.is-lost');
      assert.deepEqual(await barriers(shown), []);
      server.failure = undefined;
      await shown.close();
    });
  }

  for (const scenario of ['critical', 'many', 'hostile', 'unknown', 'idle'] as const) {
    test(`nothing is wider than the screen: ${scenario}`, async () => {
      const shown = await open(scenario, { viewport: PHONE });
      for (const width of [1440, 1100, 800, 390, 320]) {
        await shown.page.setViewportSize({ width, height: 800 });
        const overhang = await shown.page.evaluate('document.scrollingElement.scrollWidth - innerWidth');
        assert.equal(overhang, 0, `at ${width}`);
      }
      await shown.close();
    });
  }

  test('all is there without JavaScript, but for the charts', async () => {
    const { page, close } = await open('critical', { javaScriptEnabled: false });
    const texts = async (selector: string) => (await page.locator(selector).allInnerTexts()).join(' ');
    assert.match(await texts('#verdict'), /In trouble\s+worker 1 is not up/);
    assert.match(await texts('#meters'), /3\.93 GiB of 4 GiB, 98 %/);
    assert.equal(await page.locator('#processes tbody tr').count(), 5);
    assert.match(await texts('#commands'), /GET\s/);
    assert.match(await texts('#slow'), /KEYS\s+412 ms/);
    assert.match(await texts('#events'), /worker 1 has died/);
    assert.match(await texts('.remark'), /need JavaScript/);
    assert.equal(await page.locator('.past').isVisible(), false);
    await close();
  });

  test('what the browser makes is what the server wrote', async () => {
    server.scenario = 'unknown';
    const plain = await open('unknown', { javaScriptEnabled: false });
    const live = await open('unknown', {});
    for (const region of ['#verdict', '#figures', '#meters', '#processes', '#commands', '#slow', '#events']) {
      const html = (shown: WatchedPage) =>
        shown.page.locator(region).evaluate<string>('(node) => node.outerHTML');
      assert.equal(await html(live), await html(plain), region);
    }
    await plain.close();
    await live.close();
  });
});
