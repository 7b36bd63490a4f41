/** What keys beyond letters send: arrows, functions, and letters together with Alt. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these sequences begin with one
const SEQUENCES = /\x1b(?:\[[\d;<?]*[ -/]*[@-~]|O.|[^\x1b])/g;

/** q, Ctrl-C and Esc, which in raw mode is itself. */
const ENDING = ['q', 'Q', '\x03', '\x1b'] as const;

/** Whether q, Ctrl-C or Esc is among the keys that were pressed. */
export const asksToEnd = (keys: string): boolean => {
  const typed = keys.replace(SEQUENCES, '');
  return ENDING.some((key) => typed.includes(key));
};
