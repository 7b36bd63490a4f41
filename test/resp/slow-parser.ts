/** What a stream of requests says; one character is one byte. */
export interface Stream {
  readonly requests: readonly (readonly string[])[];
  /** Why the client must go, in Redis's words. */
  readonly error: string | undefined;
}

export interface Limits {
  readonly authenticated?: boolean;
  readonly maxBulkLength?: number;
}

const MAX_LINE = 65536;
const MAX_ARGUMENTS = 1048576;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\x07' };

class Refused extends Error {}

/** Reads a whole stream of requests as simply as it can be done, to be compared with. */
export function parseSlowly(stream: string, limits: Limits = {}): Stream {
  const requests: string[][] = [];
  let rest = stream;
  try {
    while (rest !== '') {
      const found = rest.startsWith('*') ? readArray(rest, limits) : readLine(rest);
      if (found === undefined) break;
      if (found.argv.length > 0) requests.push(found.argv);
      rest = rest.slice(found.end);
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { requests, error: error.message };
  }
  return { requests, error: undefined };
}

interface Found {
  readonly argv: string[];
  readonly end: number;
}

/** The text before the first `end` mark, undefined as long as there is none or where a NUL comes first. */
function textBefore(mark: '\r' | '\n', text: string, tooBig: string): string | undefined {
  const at = text.search(new RegExp(`[${mark}\0]`));
  const ends = at >= 0 && text[at] === mark;
  if ((ends ? at : text.length) > MAX_LINE) throw new Refused(tooBig);
  return ends ? text.slice(0, at) : undefined;
}

function readLine(text: string): Found | undefined {
  const line = textBefore('\n', text, 'too big inline request');
  if (line === undefined) return undefined;
  const argv = splitWords(line.endsWith('\r') ? line.slice(0, -1) : line);
  if (argv === undefined) throw new Refused('unbalanced quotes in request');
  return { argv, end: line.length + 1 };
}

function readArray(
  text: string,
  { authenticated = true, maxBulkLength = 2 ** 29 }: Limits,
): Found | undefined {
  const countLine = textBefore('\r', text, 'too big mbulk count string');
  if (countLine === undefined || text.length < countLine.length + 2) return undefined;
  const count = integerOf(countLine.slice(1));
  if (count === undefined || count > MAX_ARGUMENTS) throw new Refused('invalid multibulk length');
  if (count > 10 && !authenticated) throw new Refused('unauthenticated multibulk length');
  const argv: string[] = [];
  let end = countLine.length + 2;
  for (let i = 0; i < count; i++) {
    const rest = text.slice(end);
    if (rest === '') return undefined;
    const lengthLine = textBefore('\r', rest, 'too big bulk count string');
    if (lengthLine === undefined || rest.length < lengthLine.length + 2) return undefined;
    if (!rest.startsWith('$')) throw new Refused(`expected '$', got '${rest[0]?.replace(/[\r\n]/, ' ')}'`);
    const length = integerOf(lengthLine.slice(1));
    if (length === undefined || length < 0 || length > maxBulkLength)
      throw new Refused('invalid bulk length');
    if (length > 16384 && !authenticated) throw new Refused('unauthenticated bulk length');
    const from = lengthLine.length + 2;
    if (rest.length < from + length + 2) return undefined;
    argv.push(rest.slice(from, from + length));
    end += from + length + 2;
  }
  return { argv, end };
}

function integerOf(text: string): number | undefined {
  if (text.length > 20 || !/^(0|-?[1-9][0-9]*)$/.test(text)) return undefined;
  const value = BigInt(text);
  return value === BigInt.asIntN(64, value) ? Number(value) : undefined;
}

/** Redis's sdssplitargs, letter by letter. */
function splitWords(line: string): string[] | undefined {
  const words: string[] = [];
  let rest = line.replace(/^[ \t-\r]+/, '');
  while (rest !== '') {
    const word = readWord(rest);
    if (word === undefined) return undefined;
    words.push(word.text);
    rest = rest.slice(word.end).replace(/^[ \t-\r]+/, '');
  }
  return words;
}

function readWord(line: string): { text: string; end: number } | undefined {
  let text = '';
  for (let i = 0; i < line.length; i++) {
    const letter = line[i]!;
    if (' \n\r\t'.includes(letter)) return { text, end: i };
    if (letter !== '"' && letter !== "'") {
      text += letter;
      continue;
    }
    const pattern = letter === '"' ? /^(?:\\[\s\S]|[^"\\]|\\$)*"/ : /^(?:\\'|[^'\\]|\\(?!'))*'/;
    const quoted = pattern.exec(line.slice(i + 1))?.[0];
    if (quoted === undefined) return undefined;
    const end = i + 1 + quoted.length;
    if (end < line.length && !/^[ \t-\r]/.test(line.slice(end))) return undefined;
    return { text: text + unquoted(quoted.slice(0, -1), letter), end };
  }
  return { text, end: line.length };
}

function unquoted(text: string, quote: string): string {
  if (quote === "'") return text.replaceAll("\\'", "'");
  return text.replace(/\\(x[0-9a-fA-F]{2}|[\s\S])/g, (_, letters: string) =>
    letters.length === 3
      ? String.fromCharCode(Number.parseInt(letters.slice(1), 16))
      : (ESCAPES[letters] ?? letters),
  );
}
