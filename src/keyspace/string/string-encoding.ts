import type { ByteSlice } from '../../memory/byte-slice.ts';
import { parseInteger64 } from '../../resp/number.ts';
import { RAW, TEXTUAL } from '../entry.ts';

/** How Redis would keep a string: as an integer, in one block with its object, or in a block of its own. */
export type StringEncoding = 'int' | 'embstr' | 'raw';

/** The longest string that Redis keeps in one block with its object, in bytes. */
const EMBEDDED_MAX = 44;

/**
 * What OBJECT ENCODING answers for a string.
 * @param flags word 1 of its entry.
 */
export const stringEncoding = ({ bytes, start, length }: ByteSlice, flags: number): StringEncoding => {
  if ((flags & RAW) !== 0 || length > EMBEDDED_MAX) return 'raw';
  if ((flags & TEXTUAL) !== 0) return 'embstr';
  return parseInteger64(bytes, start, length) === undefined ? 'embstr' : 'int';
};
