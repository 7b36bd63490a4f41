import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { MAIN, type Scope } from '../process/server-process.ts';
import { until } from '../process/until.ts';
import { historyOf, IN_TROUBLE, WELL } from '../view/examples/fixed.ts';
import { FakeInstance } from './fake-instance.ts';
import { TopProcess } from './top-process.ts';

const help = spawnSync('script', ['--help'], { encoding: 'utf8' }).stdout ?? '';
const unsupported = help.includes('--return') ? false : 'needs `script` of util-linux';

const ENTER = '\x1b[?1049h\x1b[?25l';
const LEAVE = '\x1b[?25h\x1b[?1049l';
const HOME = '\x1b[H';

interface Terminal {
  readonly width?: number;
  readonly height?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs it on a terminal of some size; before and after, the shell writes how the terminal is set. */
const open = (
  scope: Scope,
  words: string,
  { width = 80, height = 24, env = {} }: Terminal = {},
): TopProcess => {
  const script = [
    `stty cols ${width} rows ${height}`,
    'echo "<$(stty -g)>"',
    'echo "tty $(tty);"',
    `sh -c 'echo "pid $$;"; exec "$@"' sh '${process.execPath}' '${MAIN}' top ${words}`,
    'code=$?',
    'echo "<$(stty -g)>"',
    'exit $code',
  ];
  return new TopProcess(scope, [], { script: script.join('; '), env });
};

/** What the shell has said of itself. */
const told = ({ output }: TopProcess, name: 'tty' | 'pid'): string =>
  new RegExp(`^${name} (.*);\r$`, 'm').exec(output)?.[1] ?? '';

/** The frames that were drawn, without what makes them bold or red. */
const framesOf = ({ output }: TopProcess): string[] =>
  output
    .split(HOME)
    .slice(1)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
    .map((frame) => frame.replace(/\x1b\[[\d;?]*[A-Za-z]/g, '').replaceAll('\r', ''));

/** The frames with figures: where the first answer takes longer than an interval, others come before it. */
const figuresOf = (top: TopProcess): string[] => framesOf(top).filter((frame) => !frame.includes('asking …'));

const shows = (top: TopProcess, text: string): Promise<unknown> =>
  until(`it shows ${text}`, () => framesOf(top).at(-1)?.includes(text));

const press = (top: TopProcess, keys: string): void => {
  top.child.stdin?.write(keys);
};

/** Waits for the end, and checks that the terminal is as it was. */
const assertRestored = async (top: TopProcess, code = 0): Promise<void> => {
  assert.equal(await top.end(), code, top.output);
  const settings = [...top.output.matchAll(/<([\da-f:]+)>/g)].map(([, text]) => text);
  assert.equal(settings.length, 2);
  assert.equal(settings[1], settings[0]);
  assert.equal(top.output.split(ENTER).length, 2);
  assert.equal(top.output.split(LEAVE).length, 2);
  assert.ok(top.output.indexOf(LEAVE) > top.output.lastIndexOf(HOME));
};

describe('corespond top on a terminal', { skip: unsupported }, () => {
  const keys: Array<[name: string, keys: string]> = [
    ['q', 'q'],
    ['Ctrl-C', '\x03'],
    ['Esc', '\x1b'],
  ];
  for (const [name, bytes] of keys) {
    test(`redraws, and ends by ${name}`, async (t) => {
      const fake = await FakeInstance.start(t);
      const top = open(t, `${fake.port} --interval 0.1`);
      await top.says('worker 1');
      fake.answer = IN_TROUBLE;
      await top.says('worker 9 is down');
      press(top, bytes);
      await assertRestored(top);
      const [first = '', ...more] = figuresOf(top);
      assert.match(first, /^corespond at \S+ +10:00:00 {3}q ends\n {1}All is well /);
      assert.ok(more.length > 0);
      assert.deepEqual(
        new Set(fake.asked.slice(1)).size,
        1,
        'after the first answer only what is new is asked for',
      );
      assert.equal(fake.asked[0], null);
    });
  }

  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) {
    test(`gives the terminal back on ${signal}`, async (t) => {
      const fake = await FakeInstance.start(t);
      const top = open(t, `${fake.port}`);
      await top.says('worker 1');
      process.kill(Number(told(top, 'pid')), signal);
      await assertRestored(top);
    });
  }

  test('follows the size of the terminal', async (t) => {
    const fake = await FakeInstance.start(t);
    const top = open(t, `${fake.port} --interval 60`);
    await top.says('worker 1');
    assert.match(figuresOf(top)[0] ?? '', /total calls/);
    spawnSync('stty', ['-F', told(top, 'tty'), 'cols', '44', 'rows', '12']);
    const isSmall = () => framesOf(top).some((frame) => !frame.includes('total calls'));
    await until('it draws a smaller frame', isSmall);
    press(top, 'q');
    await assertRestored(top);
  });

  test('ignores keys that mean nothing', async (t) => {
    const fake = await FakeInstance.start(t);
    const top = open(t, `${fake.port} --interval 0.1`);
    await top.says('worker 1');
    press(top, 'x\x1b[A');
    const drawn = framesOf(top).length;
    await until('it goes on', () => framesOf(top).length > drawn + 3);
    press(top, 'q');
    await assertRestored(top);
  });

  test('comes back after Ctrl-Z, and hears keys as before', async (t) => {
    const fake = await FakeInstance.start(t);
    // There is no shell here that could stop it, so it comes back at once.
    const top = open(t, `${fake.port} --interval 0.1`);
    await top.says('worker 1');
    press(top, '\x1a');
    await until('it comes back', () => top.output.split(ENTER).length === 3);
    press(top, 'q');
    assert.equal(await top.end(), 0);
    assert.equal(top.output.split(LEAVE).length, 3);
  });

  test('leaves the last frame behind when it has drawn as often as it should', async (t) => {
    const fake = await FakeInstance.start(t);
    const top = open(t, `${fake.port} -n 2 --interval 0.1`);
    await assertRestored(top);
    assert.equal(fake.asked.length, 2);
    assert.ok(framesOf(top).length >= 2);
    assert.match(top.output.slice(top.output.indexOf(LEAVE)), /worker 1/);
  });

  test('waits for a server that is not up yet, and for one that has gone', async (t) => {
    const fake = await FakeInstance.start(t);
    await fake.stop();
    const top = open(t, `${fake.port} --interval 0.1`, { width: 120 });
    await top.says(`no answer from ${fake.url} for 0 s: connect ECONNREFUSED 127.0.0.1:${fake.port}`);
    await fake.start();
    await top.says('All is well');
    await fake.stop();
    await top.says(/All is well.*no answer from.*worker 1/s);
    press(top, 'q');
    await assertRestored(top);
  });

  test('does not wait for its next turn to tell that an answer is late, nor to show it', async (t) => {
    const fake = await FakeInstance.start(t);
    let answerAtLast = () => {};
    fake.delay = new Promise<void>((resolve) => {
      answerAtLast = resolve;
    });
    const top = open(t, `${fake.port} --interval 60`);
    await top.says(`no answer from ${fake.url} for 2 s`);
    assert.doesNotMatch(top.output, /took longer/);
    answerAtLast();
    await top.says('All is well');
    press(top, 'q');
    await assertRestored(top);
  });

  test('says within three seconds that a server which was well is silent', async (t) => {
    const fake = await FakeInstance.start(t);
    const top = open(t, `${fake.port} --interval 0.5`);
    await top.says('All is well');
    fake.delay = new Promise(() => {});
    await top.says('no answer from');
    assert.match(framesOf(top).at(-1) ?? '', /^[^\n]*\n No answer *\nno answer from \S+ for 2 s/);
    press(top, 'q');
    await assertRestored(top);
  });

  test('does not wait for a server that is something else', async (t) => {
    const fake = await FakeInstance.start(t, { status: 200, type: 'text/html', body: '<p>' });
    const top = open(t, String(fake.port));
    assert.equal(await top.end(), 1);
    assert.match(top.output, /corespond: \S+ is no corespond: its status\.json is text\/html\r\n/);
    assert.ok(!top.output.includes(ENTER));
  });

  test('has no colours with NO_COLOR, and is plain text on a dumb terminal', async (t) => {
    const fake = await FakeInstance.start(t, IN_TROUBLE);
    const colourful = open(t, `${fake.port} -n 1`);
    const grey = open(t, `${fake.port} -n 1`, { env: { NO_COLOR: '1' } });
    const dumb = open(t, `${fake.port} -n 1`, { env: { TERM: 'dumb' } });
    for (const top of [colourful, grey, dumb]) assert.equal(await top.end(), 0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
    const colours = /\x1b\[[\d;]*3\dm/;
    assert.match(colourful.output, colours);
    assert.doesNotMatch(grey.output, colours);
    assert.ok(!dumb.output.includes('\x1b'));
    assert.match(dumb.output, /critical: worker 9 is down/);
  });

  test('starts from the beginning where the instance does', async (t) => {
    const fake = await FakeInstance.start(t);
    const top = open(t, `${fake.port} --interval 0.1`);
    await shows(top, 'in 4 s');
    fake.answer = { ...WELL, server: { ...WELL.server, startedAt: WELL.now }, history: historyOf(2) };
    await shows(top, 'in 2 s');
    await shows(top, 'up for 0 s');
    press(top, 'q');
    await assertRestored(top);
  });
});
