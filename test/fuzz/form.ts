import fc from 'fast-check';
import { type Command, type Piece, type Words, words } from './words.ts';

/** A way to write a command, or several commands that only make sense together. */
export interface Form {
  /** Commands that a server must have for this. */
  readonly names: readonly string[];
  readonly commands: fc.Arbitrary<readonly Command[]>;
}

/** A command whose line is now and then an argument too short or too long, or in lower case. */
export function form(name: string, ...pieces: readonly Piece[]): Form {
  return { names: [name], commands: damaged(words(name, ...pieces)).map((command) => [command]) };
}

/** A command whose line must stay as it is: damaged it would do what no two servers do alike, or what 7.0 cannot. */
export function intact(name: string, ...pieces: readonly Piece[]): Form {
  return { names: [name], commands: words(name, ...pieces).map((command) => [command]) };
}

/** Commands that are sent one right after the other. */
export function together(...forms: readonly Form[]): Form {
  return {
    names: forms.flatMap(({ names }) => names),
    commands: fc.tuple(...forms.map(({ commands }) => commands)).map((parts) => parts.flat()),
  };
}

function damaged(line: Words): Words {
  return fc.oneof(
    { weight: 20, arbitrary: line },
    { weight: 1, arbitrary: line.map((argv) => (argv.length > 1 ? argv.slice(0, -1) : argv)) },
    { weight: 1, arbitrary: line.map((argv) => [...argv, 'extra']) },
    { weight: 1, arbitrary: line.map((argv) => argv.map((argument) => argument.toLowerCase())) },
  );
}
