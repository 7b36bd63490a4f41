import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { AxeResults } from 'axe-core';
import axe from 'axe-core';
import { withPlainBlanks } from '../../src/view/unbroken.ts';
import { until } from '../process/until.ts';
import type { Scenario } from '../view/examples/scenario.ts';
import { noBrowser, TestBrowser, type WatchedPage } from './browser.ts';
import { FakeServer } from './fake-server.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const HEADLINES: Readonly<Record<Scenario, string>> = {
  ok: 'All is well',
  idle: 'All is well',
  many: 'All is well',
  warning: 'Needs attention',
  hostile: 'Needs attention',
  critical: 'In trouble',
  unknown: 'In trouble',
};
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

  const open = async (options: Parameters<TestBrowser['open']>[1]) => {
    const shown = await browser.open(server.url, options);
    if (options?.javaScriptEnabled !== false) await shown.page.waitForSelector('.is-live canvas');
    return shown;
  };

  /** Lets the page show another state. */
  const turn = async (shown: WatchedPage, scenario: Scenario) => {
    server.scenario = scenario;
    const before = server.asked.length;
    await shown.askNow();
    await until('the page has the state', async () => {
      if (server.asked.length === before) return false;
      const headline = await shown.page.textContent('#headline');
      return headline === HEADLINES[scenario];
    });
  };

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing in any state: ${colorScheme}`, async () => {
      const shown = await open({ colorScheme });
      for (const scenario of ['ok', 'warning', 'critical', 'unknown'] as const) {
        await turn(shown, scenario);
        assert.deepEqual(await barriers(shown), [], scenario);
      }
      await shown.page.setViewportSize(PHONE);
      assert.deepEqual(await barriers(shown), [], 'on a phone');
      server.failure = { status: 500, type: 'text/plain', body: '' };
      await shown.page.waitForSelector('.is-lost');
      assert.deepEqual(await barriers(shown), [], 'no answer');
      server.failure = undefined;
      await shown.close();
    });
  }

  test('where the system chooses the colours, the legend still tells the lines apart', async () => {
    const shown = await open({ forcedColors: 'active' });
    const grounds = await shown.page.evaluate<string[]>(
      `Array.from(document.querySelectorAll('#chart-latency .swatch'), (one) => getComputedStyle(one).backgroundColor)`,
    );
    assert.equal(new Set(grounds).size, 2, grounds.join(' '));
    await shown.close();
  });

  test('nothing is wider than the screen', async () => {
    const shown = await open({ viewport: PHONE });
    for (const scenario of ['critical', 'many', 'hostile', 'unknown', 'idle'] as const) {
      await turn(shown, scenario);
      for (const width of [1440, 1100, 800, 390, 320]) {
        await shown.page.setViewportSize({ width, height: 800 });
        const overhang = await shown.page.evaluate('document.scrollingElement.scrollWidth - innerWidth');
        assert.equal(overhang, 0, `${scenario} at ${width}`);
      }
    }
    await shown.close();
  });

  test('on a phone the columns that tell of trouble are on the screen, and the state is a sign', async () => {
    const shown = await open({ viewport: PHONE });
    await turn(shown, 'critical');
    const seen = await shown.page.evaluate<string[]>(`
      [...document.querySelectorAll('#processes thead th, #commands thead th')]
        .filter((th) => th.offsetWidth > 0 && th.getBoundingClientRect().right <= innerWidth)
        .map((th) => th.textContent)`);
    assert.deepEqual(seen, [
      ...['process', 'state', 'loop busy', 'commands', 'clients', 'restarts'],
      ...['command', 'calls', 'mean', 'p99', 'errors'],
    ]);
    assert.match(await shown.page.locator('#processes').ariaSnapshot(), /cell "(critical: )?down"/);
    await shown.close();
  });

  test('no amount or figure is broken, whatever the width', async () => {
    const shown = await open({ viewport: PHONE });
    await turn(shown, 'critical');
    for (const width of [1700, 1440, 1290, 1200, 1152, 1100, 1024, 800, 720, 703, 639, 360, 320]) {
      await shown.page.setViewportSize({ width, height: 800 });
      const broken = await shown.page.evaluate<string[]>(`
        [...document.querySelectorAll('.amount, .figures dd')].filter((node) => {
          const range = document.createRange();
          range.selectNodeContents(node);
          const right = node.closest('.meter, .figures div').getBoundingClientRect().right;
          return range.getClientRects().length > 1 || range.getBoundingClientRect().right > right + 1;
        }).map((node) => node.textContent)`);
      assert.deepEqual(broken, [], `at ${width}`);
    }
    await shown.close();
  });

  test('the keyboard stops at tables that scroll, and at no others', async () => {
    const shown = await open({});
    await turn(shown, 'ok');
    const stops = () =>
      shown.page.evaluate<string[]>(
        `[...document.querySelectorAll('.scroll[tabindex]')].map((node) => node.parentNode.id)`,
      );
    await until('nothing scrolls', async () => (await stops()).length === 0);
    await shown.page.setViewportSize(PHONE);
    await until('one scrolls', async () => (await stops()).join() === 'processes');
    await turn(shown, 'critical');
    assert.deepEqual(await stops(), ['processes', 'events']);
    await shown.close();
    const plain = await open({ javaScriptEnabled: false });
    assert.equal(await plain.page.locator('.scroll[tabindex]').count(), 4);
    await plain.close();
  });

  test('all is there without JavaScript, but for the charts', async () => {
    server.scenario = 'critical';
    const { page, close } = await open({ javaScriptEnabled: false });
    const texts = async (selector: string) =>
      withPlainBlanks((await page.locator(selector).allInnerTexts()).join(' '));
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
    const plain = await open({ javaScriptEnabled: false });
    const live = await open({});
    for (const region of ['#verdict', '#figures', '#meters', '#processes', '#commands', '#slow', '#events']) {
      const html = (shown: WatchedPage) =>
        // Only the browser knows what scrolls.
        shown.page.evaluate<string>(
          `document.querySelector('${region}').outerHTML.replace(' tabindex="0"', '')`,
        );
      assert.equal(await html(live), await html(plain), region);
    }
    await plain.close();
    await live.close();
  });
});
