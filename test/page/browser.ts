import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const PROGRAM = (process.env.PATH ?? '')
  .split(path.delimiter)
  .map((folder) => path.join(folder, 'chromium'))
  .find(isExecutable);

/** Why tests in a browser cannot run here, or false. */
export const noBrowser = PROGRAM === undefined ? 'needs chromium: sudo apt-get install chromium' : false;

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Keeps what the page's own policy has forbidden, where tests can read it. */
const WATCH_POLICY = `
  window.violations = [];
  document.addEventListener('securitypolicyviolation', (event) => {
    window.violations.push(event.violatedDirective + ' ' + (event.blockedURI || event.sourceFile));
  });`;

/** A page and what went wrong on it. */
export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page has written to the console as an error, and thrown. */
  readonly errors: string[];
  /** Makes it ask for the status now, as it does when it is looked at again. */
  askNow(): Promise<void>;
  /** What its Content-Security-Policy has forbidden. */
  violations(): Promise<string[]>;
  close(): Promise<void>;
}

/** A browser of the test's own. */
export class TestBrowser {
  readonly #folder: string;
  readonly #browser: Awaited<ReturnType<typeof chromium.launch>>;

  private constructor(folder: string, browser: Awaited<ReturnType<typeof chromium.launch>>) {
    this.#folder = folder;
    this.#browser = browser;
  }

  static async launch(): Promise<TestBrowser> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'cs-browser-'));
    const browser = await chromium.launch({
      executablePath: PROGRAM ?? '',
      headless: true,
      args: FLAGS,
      env: { ...process.env, HOME: folder },
    });
    return new TestBrowser(folder, browser);
  }

  /** Opens a page by itself: with no cookies, no cache and nothing else of another. */
  async open(url: string, options: BrowserContextOptions = {}): Promise<WatchedPage> {
    const context = await this.#browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.addInitScript(WATCH_POLICY);
    await page.goto(url);
    return {
      page,
      context,
      errors,
      askNow: () => page.evaluate<void>(`document.dispatchEvent(new Event('visibilitychange'))`),
      violations: () => page.evaluate<string[]>('window.violations'),
      close: () => context.close(),
    };
  }

  async close(): Promise<void> {
    await this.#browser.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function isExecutable(program: string): boolean {
  try {
    accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
