import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { GROUPS, settingOf, variableOf } from '../src/config/settings.ts';

const FILE = path.resolve(import.meta.dirname, '../.env.example');
const INTRODUCTION = `# Every setting with its default. Copy this file to .env, where the server reads it, and change what you need.
# Variables of the environment win over .env, flags (--port 7000) over both.
`;

function quote(value: string): string {
  return /[\s#'"]/.test(value) ? `"${value}"` : value;
}

/** The text of .env.example. */
export function envExample(): string {
  let text = INTRODUCTION;
  for (const [title, names] of GROUPS) {
    text += `\n# --- ${title} ---\n`;
    for (const name of names) {
      const { help, startup, default: preset, kind } = settingOf(name);
      if (startup) text += `\n# ${help} (${kind.allowed})\n${variableOf(name)}=${quote(preset)}\n`;
    }
  }
  return text;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(FILE, envExample());
