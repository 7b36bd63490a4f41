/**
 * Writes rows: plays scripts to a real redis-server in RESP2 and RESP3 and prints the rows as source, to be reviewed.
 *
 *   tsx test/rows/record.ts 'strings: SET' < script.txt > test/commands/strings-set.rows.ts
 *
 * A script:
 *   = name {needs lists} {protocol 2} {after CONFIG SET requirepass ''}     begins a scenario
 *   SET k v                        a command line on the first connection
 *   b> GET k                       the same on connection b
 *   raw> "*0\r\nPING\r\n" ;; 1     bytes as they are, and how many replies they get
 *   >> CLIENT REPLY SKIP           sent, no reply awaited
 *   <                              awaits a reply to something sent before (b< on connection b)
 *   QUIT ;; closes                 the server closes after the reply
 *   TIME ;; like ^pattern$ :: why  a pattern instead of the bytes
 *   KEYS * ;; unordered            elements in any order
 *   X ;; differs bulk('x') :: why  what ours answers instead
 *   X ;; as bulk('x')              this source instead of what was recorded
 * Lines that begin with `// ` are kept as comments.
 */
import { readFileSync } from 'node:fs';
import { splitCommandLine } from './command-line.ts';
import { startRealRedis } from './real-redis.ts';
import { quote, quoteLine, sourceOfBoth, sourceOfOne } from './source.ts';
import { Speakers } from './speakers.ts';
import { WireConnection } from './wire.ts';

interface Line {
  readonly connection: string;
  readonly mode: 'row' | 'raw' | 'send' | 'receive' | 'close';
  readonly text: string;
  readonly notes: readonly string[];
}

interface Script {
  readonly name: string;
  readonly options: readonly (readonly [string, string])[];
  readonly lines: (Line | string)[];
}

const LINE = /^(?:(\w+)>(?!>) |(\w*)(>>|<) ?)?(.*)$/;

function parseScripts(text: string): Script[] {
  const scripts: Script[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('= ')) scripts.push(parseHead(line.slice(2)));
    else if (line.startsWith('// ')) scripts.at(-1)?.lines.push(line);
    else if (line.trim() !== '') scripts.at(-1)?.lines.push(parseLine(line));
  }
  return scripts;
}

function parseHead(head: string): Script {
  const options = [...head.matchAll(/\{(\w+) ([^}]*)\}/g)].map((found) => [found[1]!, found[2]!] as const);
  return { name: head.replace(/\{.*/, '').trim(), options, lines: [] };
}

function parseLine(line: string): Line {
  const [command = '', ...notes] = line.split(' ;; ');
  const [, before = '', other = '', arrow, text = ''] = LINE.exec(command) ?? [];
  const marks = before.split('_');
  const isRaw = marks.at(-1) === 'raw';
  if (isRaw) marks.pop();
  const mode = isRaw ? 'raw' : arrow === '<' ? 'receive' : arrow === '>>' ? 'send' : 'row';
  return { connection: marks.join('_') || other || 'main', mode, text, notes };
}

async function playScript(script: Script, port: number, protocol: 2 | 3): Promise<string[][]> {
  const fixed = script.options.some(([name]) => name === 'protocol');
  const speakers = new Speakers(port, fixed ? undefined : protocol);
  const replies: string[][] = [];
  const control = await WireConnection.open(port);
  await control.call('FLUSHALL');
  for (const line of script.lines)
    replies.push(typeof line === 'string' ? [] : await playLine(line, speakers));
  speakers.close();
  for (const [name, line] of script.options) {
    if (name === 'after') await control.call(...splitCommandLine(line));
  }
  control.close();
  return replies;
}

async function playLine(line: Line, speakers: Speakers): Promise<string[]> {
  const replies: string[] = [];
  const connection = await speakers.named(line.connection);
  if (line.mode === 'raw') connection.send(splitCommandLine(line.text)[0]!);
  else if (line.text !== '') connection.send(await speakers.encode(line.text));
  const count = Number(line.notes.find((note) => /^\d+$/.test(note)) ?? (line.mode === 'send' ? 0 : 1));
  try {
    for (let index = 0; index < count; index++) replies.push(await connection.receive(2000));
    if (line.notes.includes('closes')) await connection.ended(2000);
  } catch (error) {
    process.stderr.write(`${line.text}: ${error}\n`);
  }
  return replies;
}

function expectations(line: Line, resp2: readonly string[], resp3: readonly string[]): string[] {
  for (const note of line.notes) {
    const [word = ''] = note.split(' ', 1);
    const [body = '', why = ''] = note.slice(word.length + 1).split(' :: ');
    if (word === 'differs' || word === 'as') return [body];
    if (word === 'like') return [`like(/${body}/, ${quote(why)})`];
  }
  return resp2.flatMap((two, index) => {
    const both = sourceOfBoth(two, resp3[index] ?? two);
    const sources = both === null ? [sourceOfOne(two), sourceOfOne(resp3[index]!)] : [both];
    return line.notes.includes('unordered') ? sources.map((source) => `unordered(${source})`) : sources;
  });
}

function rowSource(line: Line, resp2: readonly string[], resp3: readonly string[]): string {
  const expected = expectations(line, resp2, resp3);
  const replies = expected.map((source) => `, ${source}`).join('');
  let row = `[${quoteLine(line.text)}${replies}]`;
  if (line.mode === 'send') row = `sends(${quoteLine(line.text)})`;
  if (line.mode === 'receive') row = expected.length === 0 ? 'closes()' : `receives(${expected.join(', ')})`;
  if (line.mode === 'raw')
    row = `raw(${quote(splitCommandLine(line.text)[0]!.toString('latin1'))}${replies})`;
  const differing = line.notes.find((note) => note.startsWith('differs '));
  if (differing !== undefined) row = `differs(${quote(differing.split(' :: ')[1] ?? '')}, ${row})`;
  if (line.notes.includes('closes') && row !== 'closes()') row = `closes(${row})`;
  return line.connection === 'main' ? row : `on(${quote(line.connection)}, ${row})`;
}

function scenarioSource(script: Script, resp2: readonly string[][], resp3: readonly string[][]): string {
  const rows = script.lines.map((line, index) =>
    typeof line === 'string' ? line : `${rowSource(line, resp2[index]!, resp3[index]!)},`,
  );
  const options = script.options.map(([name, value]) => {
    if (name === 'protocol') return `protocol: ${value}`;
    return name === 'after' ? `after: [${quote(value)}]` : `${name}: ${quote(value)}`;
  });
  const tail = options.length > 0 ? `, { ${options.join(', ')} }` : '';
  return `scenario(${quote(script.name)}, [\n${rows.join('\n')}\n]${tail}),`;
}

function importsOf(source: string, names: readonly string[], file: string): string {
  const code = source.replaceAll(/'[^'\n]*'|"[^"\n]*"/g, '');
  const used = names.filter((name) => new RegExp(`\\b${name}\\b`).test(code));
  return used.length > 0 ? `import { ${used.join(', ')} } from '../rows/${file}';\n` : '';
}

const REPLY_NAMES =
  'array bulk double error int like map nil nilArray ok pairs queued set simple unordered verbatim'.split(
    ' ',
  );
const ROW_NAMES = 'closes differs group on raw receives scenario sends'.split(' ');

const groupName = process.argv[2] ?? 'group';
const scripts = parseScripts(readFileSync(0, 'utf8'));
const redis = await startRealRedis();
const body: string[] = [];
for (const script of scripts) {
  const resp2 = await playScript(script, redis.port, 2);
  const fixed = script.options.some(([name]) => name === 'protocol');
  body.push(scenarioSource(script, resp2, fixed ? resp2 : await playScript(script, redis.port, 3)));
}
await redis.stop();
const constant = groupName
  .toLowerCase()
  .replaceAll(/[^a-z0-9]+(\w)/g, (_, letter: string) => letter.toUpperCase());
const source = `export const ${constant} = group(${quote(groupName)}, [\n${body.join('\n')}\n]);\n`;
process.stdout.write(
  `${importsOf(source, REPLY_NAMES, 'reply.ts')}${importsOf(source, ROW_NAMES, 'row.ts')}\n${source}`,
);
