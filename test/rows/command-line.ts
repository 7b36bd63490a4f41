const BACKSLASH = 0x5c;
const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;
const ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, a: 7 };

/** Where the splitter stands: the line's bytes, the next one to read, and the argument being built. */
interface Cursor {
  readonly bytes: Buffer;
  at: number;
  argument: number[];
}

/**
 * Splits a command line into arguments by redis-cli's quoting rules: `"…"` with `\n \r \t \b \a \xHH`,
 * `'…'` with only `\'`, blanks between arguments. Text outside escapes is UTF-8.
 *
 * @throws {SyntaxError} when a quote is not closed or is followed by anything but a blank.
 */
export function splitCommandLine(line: string): Buffer[] {
  const cursor: Cursor = { bytes: Buffer.from(line, 'utf8'), at: 0, argument: [] };
  const argv: Buffer[] = [];
  for (;;) {
    while (isBlank(cursor.bytes[cursor.at])) cursor.at++;
    if (cursor.at >= cursor.bytes.length) return argv;
    cursor.argument = [];
    readArgument(cursor);
    argv.push(Buffer.from(cursor.argument));
  }
}

function readArgument(cursor: Cursor): void {
  for (;;) {
    const byte = cursor.bytes[cursor.at];
    if (byte === undefined || isBlank(byte)) return;
    if (byte !== DOUBLE_QUOTE && byte !== SINGLE_QUOTE) {
      cursor.argument.push(byte);
      cursor.at++;
      continue;
    }
    cursor.at++;
    readQuoted(cursor, byte);
    const next = cursor.bytes[cursor.at];
    if (next !== undefined && !isBlank(next)) throw new SyntaxError('closing quote must end the argument');
    return;
  }
}

function readQuoted(cursor: Cursor, quote: number): void {
  for (;;) {
    const byte = cursor.bytes[cursor.at++];
    if (byte === undefined) throw new SyntaxError('unbalanced quotes');
    if (byte === quote) return;
    if (byte !== BACKSLASH) cursor.argument.push(byte);
    else if (quote === DOUBLE_QUOTE) readEscape(cursor);
    else if (cursor.bytes[cursor.at] === SINGLE_QUOTE) cursor.argument.push(cursor.bytes[cursor.at++]!);
    else cursor.argument.push(byte);
  }
}

function readEscape(cursor: Cursor): void {
  const hex = /^x[0-9a-fA-F]{2}/.exec(cursor.bytes.toString('latin1', cursor.at, cursor.at + 3));
  if (hex !== null) {
    cursor.argument.push(Number.parseInt(hex[0].slice(1), 16));
    cursor.at += 3;
    return;
  }
  const byte = cursor.bytes[cursor.at++];
  if (byte === undefined) throw new SyntaxError('unbalanced quotes');
  cursor.argument.push(ESCAPES[String.fromCharCode(byte)] ?? byte);
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || (byte !== undefined && byte >= 9 && byte <= 13);
}
