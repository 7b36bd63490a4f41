import fc from 'fast-check';

/** A command as sent: latin1 arguments. */
export type Command = readonly string[];

/** Some arguments in a row. */
export type Words = fc.Arbitrary<readonly string[]>;

/** What a command line is put together of. */
export type Piece = string | fc.Arbitrary<string> | Words;

/** The pieces one after the other. */
export function words(...pieces: readonly Piece[]): Words {
  const arbitraries: fc.Arbitrary<string | readonly string[]>[] = pieces.map((piece) =>
    typeof piece === 'string' ? fc.constant(piece) : piece,
  );
  return fc.tuple(...arbitraries).map((parts) => parts.flat());
}

/** The piece once to so many times. */
export function some(most: number, piece: Piece): Words {
  return fc.array(words(piece), { minLength: 1, maxLength: most }).map((parts) => parts.flat());
}

/** The piece so many times or less often, or never. */
export function upTo(most: number, piece: Piece): Words {
  return fc.array(words(piece), { maxLength: most }).map((parts) => parts.flat());
}

/** One of these words. */
export const among = (...choices: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...choices);

/** An option that is there or not. */
export const maybe = (...pieces: readonly Piece[]): Words => upTo(1, words(...pieces));
