/*
 * Text of another machine on its way to a terminal. Escape sequences in it could do anything there, and characters that
 * are not one cell wide would push what is beside them out of its column.
 */

/** Latin, Greek, Cyrillic, punctuation and arrows: all that is printable and one cell wide beyond doubt. */
const OTHER = /[^\x20-\x7e\u00a1-\u00ac\u00ae-\u024f\u0370-\u052f\u2010-\u2027\u2030-\u205e\u2190-\u21ff]/gu;

/** The text in one line, with a question mark for each character that must not or cannot be shown as it is. */
export const cleanText = (text: string): string => text.replace(/\s+/g, ' ').replace(OTHER, '?');
