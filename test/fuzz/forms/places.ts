import fc from 'fast-check';
import { among, type Words, words } from '../words.ts';

const hundredths = (min: number, max: number): fc.Arbitrary<string> =>
  fc.integer({ min: min * 100, max: max * 100 }).map((n) => String(n / 100));

/** A longitude and a latitude: about Sicily, about the date line, near the poles, and outside the map. */
export const place: Words = fc.oneof(
  { weight: 20, arbitrary: words(hundredths(12, 16), hundredths(36, 39)) },
  {
    weight: 4,
    arbitrary: words(among('-180', '180', '179.9', '-179.95', '0'), among('0', '12.5', '-85', '85')),
  },
  { weight: 1, arbitrary: words(among('181', 'x', 'nan', '1e400', '10'), among('86', '-85.06', 'x', '10')) },
);
