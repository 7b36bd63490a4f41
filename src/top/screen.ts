import type { ReadStream, WriteStream } from 'node:tty';
import type { Size } from './frame.ts';
import { wishOf } from './keys.ts';
import { type Line, widthOf } from './line.ts';
import { painted } from './paint.ts';

/** The other screen, without a cursor; what is too long for a line is not carried over to the next one. */
const ENTER = '\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J';
const LEAVE = '\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l';
const HOME = '\x1b[H';
const ERASE_LINE = '\x1b[K';
const ERASE_BELOW = '\x1b[J';
/** Milliseconds in which a process that stops itself has stopped. */
const COMEBACK = 50;

export interface ScreenOptions {
  readonly input: ReadStream;
  readonly output: WriteStream;
  readonly hasColours: boolean;
  /** Somebody has pressed a key that ends it, or the terminal is gone. */
  readonly onEnd: () => void;
  /** The terminal has another size. */
  readonly onResize: () => void;
}

/** A terminal that is all ours until it is left; it is left as it was found, however the process ends. */
export class Screen {
  readonly #options: ScreenOptions;
  readonly #onKeys = (keys: Buffer): void => {
    const wish = wishOf(keys.toString('latin1'));
    if (wish === 'end') this.#options.onEnd();
    else if (wish === 'stop') this.#stop();
  };
  readonly #onExit = (): void => this.leave();
  #isOurs = false;
  #comeback: NodeJS.Timeout | undefined;

  constructor(options: ScreenOptions) {
    this.#options = options;
  }

  get size(): Size {
    // A terminal without a size (a serial line) says 0.
    const { columns, rows } = this.#options.output;
    return { width: columns || 80, height: rows || 24 };
  }

  enter(): void {
    const { input, output, onEnd, onResize } = this.#options;
    this.#isOurs = true;
    process.on('exit', this.#onExit);
    output.on('error', onEnd).on('resize', onResize);
    if (input.isTTY) {
      input.setRawMode(true);
      input.on('error', onEnd).on('end', onEnd).on('data', this.#onKeys).resume();
    }
    output.write(ENTER);
  }

  /** Shows a frame in place of the one before: all of it in one write, so that nobody sees half of it. */
  draw(lines: readonly Line[]): void {
    if (!this.#isOurs) return;
    const { output, hasColours } = this.#options;
    const { width } = this.size;
    const texts = lines.map((line) => {
      // Behind the last cell, erasing would take that cell.
      return painted(line, hasColours) + (widthOf(line) < width ? ERASE_LINE : '');
    });
    const below = texts.length < this.size.height ? `\r\n${ERASE_BELOW}` : '';
    output.write(HOME + texts.join('\r\n') + below);
  }

  /** Gives the terminal back. May be called twice. */
  leave(): void {
    clearTimeout(this.#comeback);
    if (!this.#isOurs) return;
    this.#isOurs = false;
    const { input, output, onEnd, onResize } = this.#options;
    process.off('exit', this.#onExit);
    output.off('error', onEnd).off('resize', onResize);
    output.write(LEAVE);
    if (!input.isTTY) return;
    input.off('data', this.#onKeys).off('error', onEnd).off('end', onEnd).pause();
    try {
      input.setRawMode(false);
    } catch {
      // The terminal is gone.
    }
  }

  /** Writes lines that stay when the screen has been left. */
  print(lines: readonly Line[]): void {
    const { output, hasColours } = this.#options;
    output.write(lines.map((line) => `${painted(line, hasColours)}\n`).join(''));
  }

  /** What Ctrl-Z does elsewhere: the shell has the terminal until it lets us go on, which is where this goes on. */
  #stop(): void {
    if (process.platform === 'win32') return;
    this.leave();
    process.kill(0, 'SIGTSTP');
    this.#comeback = setTimeout(() => {
      this.enter();
      this.#options.onResize();
    }, COMEBACK);
  }
}
