const NO_BREAK_SPACE = '\u00a0';
const BETWEEN_NUMBER_AND_UNIT = /(?<=\d) (?=(?:%|[KMGT]iB|B|ns|µs|ms|s|min|h|d)(?![\p{L}\d]))/gu;

/** The same text, of which no line begins with a unit whose number is in the line before. */
export const unbroken = (text: string): string => text.replace(BETWEEN_NUMBER_AND_UNIT, NO_BREAK_SPACE);

/** The same text with blanks that are nothing but that. */
export const withPlainBlanks = (text: string): string => text.replaceAll(NO_BREAK_SPACE, ' ');
