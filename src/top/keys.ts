/** What keys beyond letters send: arrows, functions, and letters together with Alt. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these sequences begin with one
const SEQUENCES = /\x1b(?:\[[\d;<?]*[ -/]*[@-~]|O.|[^\x1b])/g;

/** In raw mode Ctrl-C and Ctrl-Z are characters, too; Esc is one alone. */
const ENDING = ['q', 'Q', '\x03', '\x1b'] as const;
const STOPPING = '\x1a';

/** What keys that were pressed ask for: `end` it, `stop` it until the shell lets it go on, or nothing. */
export const wishOf = (keys: string): 'end' | 'stop' | null => {
  const typed = keys.replace(SEQUENCES, '');
  if (ENDING.some((key) => typed.includes(key))) return 'end';
  return typed.includes(STOPPING) ? 'stop' : null;
};
