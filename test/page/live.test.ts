import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { until } from '../process/until.ts';
import { HOSTILE } from '../view/examples/scenario.ts';
import { noBrowser, TestBrowser, type WatchedPage } from './browser.ts';
import { drawings, isDrawnIn } from './canvases.ts';
import { FakeServer } from './fake-server.ts';

describe('the status page in a browser', { skip: noBrowser }, () => {
  let browser: TestBrowser;
  const server = new FakeServer();
  let shown: WatchedPage;

  before(async () => {
    browser = await TestBrowser.launch();
    await server.start();
    shown = await browser.open(server.url, { colorScheme: 'light' });
    await shown.page.waitForSelector('.is-live .u-wrap canvas');
  });
  after(async () => {
    await browser.close();
    await server.stop();
  });
  beforeEach(async () => {
    server.scenario = 'ok';
    server.asked.length = 0;
    shown.errors.length = 0;
    await shown.askNow();
  });

  const says = (selector: string, text: string | RegExp, boundMs = 8000): Promise<unknown> =>
    until(
      `${selector} says ${text}`,
      async () => {
        const found = (await shown.page.textContent(selector)) ?? '';
        return typeof text === 'string' ? found.includes(text) : text.test(found);
      },
      boundMs,
    );

  /** Waits until the server has been asked so many times more. */
  const asked = async (times: number): Promise<void> => {
    const target = server.asked.length + times;
    await until(`/status.json is asked ${times} times`, () => server.asked.length >= target);
  };

  test('its charts draw and move, with no error and nothing forbidden', async () => {
    const first = await drawings(shown.page);
    assert.deepEqual(
      first.map(({ chart }) => chart),
      ['commands', 'latency', 'clients', 'bytes', 'utilisation'],
    );
    for (const { chart, inked } of first) assert.ok(inked > 2000, `${chart} has ${inked} pixels`);
    await until('all charts have moved', async () => {
      const now = await drawings(shown.page);
      return now.every(({ pixels }, i) => pixels !== first[i]?.pixels);
    });
    assert.deepEqual([shown.errors, await shown.violations()], [[], []]);
  });

  test('the watch over its policy sees what is forbidden', async () => {
    await shown.page.evaluate(`document.querySelector('h1').setAttribute('style', 'color: red')`);
    await until('the violation is seen', async () => (await shown.violations()).length > 0);
    assert.deepEqual(await shown.violations(), ['style-src-attr inline']);
    assert.equal(shown.errors.length, 1);
    await shown.page.evaluate(`violations.length = 0; document.querySelector('h1').removeAttribute('style')`);
  });

  test('it asks for what is new only', async () => {
    await asked(2);
    assert.match(server.asked.at(-1) ?? '', /^since=\d+000$/);
  });

  test('it shows within three seconds that a worker is down, and again that all is well', async () => {
    server.scenario = 'critical';
    await says('#verdict', 'worker 1 is not up', 3000);
    await says('#processes tr[data-key="1"]', 'down');
    assert.equal(await shown.page.title(), 'In trouble · corespond');
    assert.match((await shown.page.getAttribute('link[rel=icon]', 'href')) ?? '', /critical\.svg$/);
    server.scenario = 'ok';
    await says('#verdict', 'All is well');
    assert.deepEqual([shown.errors, await shown.violations()], [[], []]);
  });

  test('it touches only what differs: a selection, the focus and rows stay', async () => {
    await shown.page.setViewportSize({ width: 390, height: 844 });
    await shown.page.waitForSelector('#processes .scroll[tabindex]');
    await shown.page.evaluate(`
      getSelection().selectAllChildren(document.querySelector('#processes tbody th'));
      document.querySelector('#processes .scroll').focus();
      window.row = document.querySelector('#processes tbody tr');
      window.changes = 0;
      new MutationObserver((all) => { window.changes += all.length; })
        .observe(document.querySelector('#slow'), { subtree: true, childList: true });`);
    await asked(3);
    const kept = await shown.page.evaluate(`[
      String(getSelection()), document.activeElement.parentNode.id,
      window.row === document.querySelector('#processes tbody tr'), window.changes]`);
    assert.deepEqual(kept, ['worker 0', 'processes', true, 0]);
    await shown.page.setViewportSize({ width: 1440, height: 900 });
  });

  test('it says when the server does not answer, and recovers by itself', async () => {
    await server.stop();
    await shown.page.waitForSelector('.is-lost #lost:not([hidden])', { timeout: 5000 });
    await says('#lost', /for ([2-9]|\d\d) s/);
    assert.equal(await shown.page.title(), 'No answer · corespond');
    await says('#lost', 'when the verdict was “All is well”');
    assert.equal(await shown.page.locator('#verdict').isVisible(), false);
    await server.start();
    await shown.page.waitForSelector('.is-live', { timeout: 5000 });
    await shown.page.waitForSelector('#lost', { state: 'hidden' });
    assert.equal(await shown.page.title(), 'All is well · corespond');
  });

  test('it says so, too, while an answer does not come, before it is given up', async () => {
    let asked = 0;
    await shown.page.route('**/status.json*', () => {
      asked++;
    });
    try {
      await shown.page.waitForSelector('.is-lost');
      assert.equal(asked, 1);
      await says('#lost-for', /^[3-9] s$/);
    } finally {
      await shown.page.unroute('**/status.json*');
    }
    await shown.page.waitForSelector('.is-live');
  });

  test('it has the icon of trouble before there is any', async () => {
    const other = await browser.open('about:blank');
    const icon = other.page.waitForRequest(/critical\.svg$/);
    await other.page.goto(server.url);
    assert.equal((await (await icon).response())?.status(), 200);
    assert.deepEqual(await other.violations(), []);
    await other.close();
  });

  test('it says so, too, when what comes is no status', async () => {
    server.failure = { status: 500, type: 'text/plain', body: 'internal error' };
    await shown.page.waitForSelector('.is-lost');
    server.failure = { status: 200, type: 'application/json', body: '{' };
    await asked(2);
    assert.equal(await shown.page.locator('.is-lost').count(), 1);
    server.failure = undefined;
    await shown.page.waitForSelector('.is-live');
  });

  test('it asks for all anew when the commands are others, and after a restart', async () => {
    server.commands = ['get', 'set', 'del'];
    await says('#chart-commands .legend', 'DEL');
    assert.equal(server.asked.filter((query) => query === '').length, 1);
    server.startedAt = Date.now();
    await until('all is asked for', () => server.asked.filter((query) => query === '').length === 2);
    assert.deepEqual(shown.errors, []);
  });

  test('it is loaded anew when the server has another version', async () => {
    await shown.page.evaluate('window.old = true');
    server.version = '0.2.0';
    await until('the page is another', () => shown.page.evaluate<boolean>('window.old === undefined'));
    await shown.page.waitForSelector('.is-live canvas');
    await says('#about', '0.2.0');
    assert.deepEqual([shown.errors, await shown.violations()], [[], []]);
  });

  test('it rests while nobody looks at it', async () => {
    const quiet = new FakeServer();
    await quiet.start();
    const other = await browser.open(quiet.url);
    const look = (hidden: boolean) =>
      other.page.evaluate(`
        Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));`);
    await look(true);
    await other.page.clock.install();
    await other.page.clock.runFor(2000);
    const before = quiet.asked.length;
    await other.page.clock.runFor(60_000);
    assert.equal(quiet.asked.length, before);
    await look(false);
    await until('it asks again', () => quiet.asked.length > before);
    await other.close();
    await quiet.stop();
  });

  test('its charts take the colours of the scheme at once, and the width of the window', async () => {
    assert.ok(await isDrawnIn(shown.page, 'clients', '--line-1'));
    const light = await shown.page.evaluate(`getComputedStyle(document.body).backgroundColor`);
    await shown.page.emulateMedia({ colorScheme: 'dark' });
    assert.notEqual(await shown.page.evaluate(`getComputedStyle(document.body).backgroundColor`), light);
    await until('the charts are dark', () => isDrawnIn(shown.page, 'clients', '--line-1'));
    const [wide] = await drawings(shown.page);
    await shown.page.setViewportSize({ width: 390, height: 800 });
    await until('the charts are narrow', async () => {
      const [narrow] = await drawings(shown.page);
      return narrow !== undefined && wide !== undefined && narrow.width < wide.width / 2;
    });
    assert.deepEqual([shown.errors, await shown.violations()], [[], []]);
  });

  test('a pointer over one chart shows the values of that moment on all', async () => {
    await shown.page.hover('#chart-latency .u-over');
    for (const chart of ['commands', 'latency', 'utilisation']) {
      await says(`#chart-${chart} .moment`, /^at \d\d:\d\d:\d\d$/);
    }
    await shown.page.mouse.move(1, 1);
    await says('#chart-commands .moment', /^$/);
  });

  test('what happened is marked on all charts, and told where the pointer is', async () => {
    const marked = async (colour: string) => {
      const charts = ['commands', 'latency', 'clients', 'bytes', 'utilisation'];
      const drawn = await Promise.all(charts.map((chart) => isDrawnIn(shown.page, chart, colour)));
      return drawn.every(Boolean);
    };
    assert.ok(!(await marked('--warning-fill')));
    server.scenario = 'critical';
    await until('the events are marked', () => marked('--warning-fill'));
    assert.ok(await marked('--critical-fill'));
    // It is nine seconds old: so many of 900 from the right edge.
    const { x, y, width } =
      (await shown.page.locator('#chart-latency .u-over').boundingBox()) ?? assert.fail();
    await shown.page.mouse.move(x + width * (1 - 9 / 900), y + 50);
    await says('#chart-commands .moment', /^at \d\d:\d\d:\d\d: worker 1 has died: SIGKILL$/);
    await says('#chart-latency .moment', 'worker 1 has died');
    await shown.page.mouse.move(1, 1);
    await says('#chart-commands .moment', /^$/);
  });

  test('of many workers the busiest and the mean are drawn', async () => {
    server.scenario = 'many';
    await says('#chart-utilisation .legend', /^busiest worker\d+ %mean of 16 workers\d+ %keyspace\d+ %$/);
    assert.deepEqual(shown.errors, []);
  });

  test('an empty chart says that it is', async () => {
    const blanks = () => shown.page.locator('.blank:visible').allInnerTexts();
    await until('all charts show something', async () => (await blanks()).length === 0);
    server.scenario = 'unknown';
    await until('charts say that they are empty', async () => (await blanks()).length === 2);
    assert.deepEqual(await blanks(), ['No command was called.', 'Nothing was measured.']);
  });

  test('hostile texts are texts', async () => {
    server.scenario = 'hostile';
    await says('#verdict', HOSTILE);
    await says('#commands', HOSTILE.toUpperCase());
    await says('#chart-commands .legend', HOSTILE.toUpperCase());
    assert.equal(await shown.page.title(), 'Needs attention · corespond');
    assert.equal(await shown.page.locator('main img, main script').count(), 0);
    assert.deepEqual([shown.errors, await shown.violations()], [[], []]);
  });
});
