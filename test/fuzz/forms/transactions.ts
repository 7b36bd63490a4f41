import type fc from 'fast-check';
import { type Form, form } from '../form.ts';
import { some } from '../words.ts';

/** MULTI and what belongs to it, watching these keys. */
export function transactions(key: fc.Arbitrary<string>): readonly Form[] {
  return [
    form('MULTI'),
    form('EXEC'),
    form('EXEC'),
    form('DISCARD'),
    form('WATCH', some(2, key)),
    form('UNWATCH'),
  ];
}
