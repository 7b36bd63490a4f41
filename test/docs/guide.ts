/** A block of commands of a guide. */
export interface Block {
  /** The nearest one above it. */
  readonly heading: string;
  /** The word behind `sh`: why a test leaves it out; empty if it is to be run. */
  readonly mark: string;
  readonly commands: string;
  /** What it says is printed, line by line, after `#>`. */
  readonly output: readonly string[];
}

const PARTS = /^#{2,} (?<heading>.+)$|^```sh *(?<mark>.*)\n(?<commands>[\s\S]*?)^```$/gm;
const PRINTED = '#> ';
const ANYTHING = '…';

/** The blocks of commands of a guide in Markdown, in order. */
export function blocksOf(guide: string): Block[] {
  const blocks: Block[] = [];
  let heading = '';
  for (const { groups = {} } of guide.matchAll(PARTS)) {
    const { commands, mark = '' } = groups;
    if (groups.heading !== undefined) heading = groups.heading;
    if (commands === undefined) continue;
    const lines = commands.split('\n').filter((line) => line.startsWith(PRINTED));
    blocks.push({ heading, mark, commands, output: lines.map((line) => line.slice(PRINTED.length)) });
  }
  return blocks;
}

/** The headings of one depth, in order. */
export const headingsOf = (guide: string, depth: number): string[] =>
  [...guide.matchAll(new RegExp(`^#{${depth}} (.+)$`, 'gm'))].map(([, heading = '']) => heading);

/** Whether a line that was printed is the one that the guide shows. */
export function isShown(shown: string, printed: string): boolean {
  const parts = shown.split(ANYTHING).map((part) => part.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(printed.trim());
}
