import type { ReplyWriter } from '../../resp/reply-writer.ts';
import { argumentType } from '../argument-type.ts';
import type { Command, CommandEntry } from '../command.ts';
import { parseSyntax, type SyntaxArgument } from '../syntax.ts';
import { writeWords } from './command-info.ts';

/** Writes name and documentation of a command: one pair of COMMAND DOCS's map. */
export const writeCommandDocs = (reply: ReplyWriter, command: Command): void => {
  const { name, group, entry, subcommands } = command;
  const { summary, since, complexity, deprecated, syntax } = entry;
  const texts = Object.entries({ summary, since, group, complexity }).filter(
    ([, text]) => text !== undefined,
  );
  const args = syntax === undefined ? [] : parseSyntax(syntax);
  const flags = docFlagsOf(entry);
  reply.text(name);
  reply.map(
    texts.length +
      (flags.length > 0 ? 1 : 0) +
      (deprecated ? 2 : 0) +
      (args.length > 0 ? 1 : 0) +
      (subcommands ? 1 : 0),
  );
  for (const [field, text] of texts) writeField(reply, field, text!);
  if (flags.length > 0) {
    reply.text('doc_flags');
    writeWords(reply, flags);
  }
  if (deprecated !== undefined) {
    writeField(reply, 'deprecated_since', deprecated.since);
    writeField(reply, 'replaced_by', deprecated.use);
  }
  if (args.length > 0) new ArgumentsWriter(reply, command).write(args);
  if (subcommands === undefined) return;
  reply.text('subcommands');
  reply.map(subcommands.size);
  for (const subcommand of subcommands.values()) writeCommandDocs(reply, subcommand);
};

const docFlagsOf = ({ deprecated, traits }: CommandEntry): string[] => [
  ...(deprecated === undefined ? [] : ['deprecated']),
  ...(traits?.includes('internal') ? ['syscmd'] : []),
];

const writeField = (reply: ReplyWriter, field: string, text: string): void => {
  reply.text(field);
  reply.text(text);
};

/** Writes the arguments of one command. */
class ArgumentsWriter {
  readonly #reply: ReplyWriter;
  readonly #command: Command;
  #keysSeen = 0;

  constructor(reply: ReplyWriter, command: Command) {
    this.#reply = reply;
    this.#command = command;
  }

  write(args: readonly SyntaxArgument[]): void {
    this.#reply.text('arguments');
    this.#reply.array(args.length);
    for (const argument of args) this.#writeOne(argument);
  }

  #writeOne(argument: SyntaxArgument): void {
    const { name, group } = this.#command;
    const type = argumentType(argument, name, group);
    const flags = flagsOf(argument);
    const isKey = type === 'key';
    const fields = [isKey, argument.token !== undefined, flags.length > 0, argument.parts.length > 0];
    this.#reply.map(2 + fields.filter(Boolean).length);
    writeField(this.#reply, 'name', argument.name);
    writeField(this.#reply, 'type', type);
    if (isKey) {
      this.#reply.text('key_spec_index');
      this.#reply.integer(this.#nextKeySpec());
    }
    if (argument.token !== undefined) writeField(this.#reply, 'token', argument.token);
    if (flags.length > 0) {
      this.#reply.text('flags');
      writeWords(this.#reply, flags);
    }
    if (argument.parts.length > 0) this.write(argument.parts);
  }

  /** Key arguments and key specs come in the same order; the last spec takes the keys that are left. */
  #nextKeySpec(): number {
    return Math.min(this.#keysSeen++, Math.max(0, (this.#command.entry.keys?.length ?? 0) - 1));
  }
}

const flagsOf = ({ optional, multiple, multipleToken }: SyntaxArgument): string[] => {
  const flags = { optional, multiple, multiple_token: multipleToken };
  return Object.entries(flags).flatMap(([flag, set]) => (set ? [flag] : []));
};
