import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Family, GROUPS, type Label, labelNames, metricName } from '../src/metrics/catalogue.ts';

const FILE = path.resolve(import.meta.dirname, '../docs/metrics.md');
const BEGIN = '<!-- The tables are written by `npm run docs`. -->\n';
const END = '<!-- End of the tables. -->\n';

/** More values of a label than these are not listed. */
const LISTED = 8;

function describe({ name, values }: Label): string {
  if (values === undefined) return `\`${name}\``;
  const shown = values.slice(0, LISTED).map((value) => `\`${value}\``);
  return `\`${name}\`: ${shown.join(', ')}${values.length > LISTED ? ' …' : ''}`;
}

function labelsOf(family: Family): string {
  const [first] = labelNames(family).filter((name) => !family.labels.some((label) => label.name === name));
  const parts = family.labels.map(describe);
  return (first === undefined ? parts : [`\`${first}\``, ...parts]).join('; ');
}

function rowOf(family: Family): string {
  return `| \`${metricName(family)}\` | ${family.type} | ${labelsOf(family)} | ${family.help} |`;
}

/** The tables of docs/metrics.md. */
function tables(): string {
  let text = '';
  for (const [title, families] of GROUPS) {
    text += `\n### ${title}\n\n| Name | Type | Labels | Meaning |\n|---|---|---|---|\n`;
    text += `${families.map(rowOf).join('\n')}\n`;
  }
  text += '\n### Buckets\n\nUpper bounds, the last bucket being everything above. They will not change.\n\n';
  for (const [, families] of GROUPS) {
    for (const family of families) {
      if (family.buckets !== undefined) text += `- \`${metricName(family)}\`: ${family.buckets.join(' ')}\n`;
    }
  }
  return `${text}\n`;
}

/** The text of docs/metrics.md, with the tables as the catalogue is now. */
export function metricsDocs(text: string = readFileSync(FILE, 'utf8')): string {
  const [before, rest] = text.split(BEGIN);
  const [, after] = rest?.split(END) ?? [];
  if (before === undefined || after === undefined)
    throw new Error('docs/metrics.md has no place for the tables');
  return before + BEGIN + tables() + END + after;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(FILE, metricsDocs());
