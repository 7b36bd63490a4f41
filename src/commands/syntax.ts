/** One argument of a command. */
export interface SyntaxArgument {
  readonly name: string;
  readonly kind: 'value' | 'token' | 'oneof' | 'block';
  /** The word that stands before it, or that it is. */
  readonly token: string | undefined;
  readonly optional: boolean;
  readonly multiple: boolean;
  /** The token is repeated with the argument. */
  readonly multipleToken: boolean;
  /** What a `oneof` chooses from, or a `block` is made of. */
  readonly parts: readonly SyntaxArgument[];
}

/** A word, or what stands in brackets: `[optional]`, `<one | of>`. */
type Node = string | { readonly optional: boolean; readonly choices: readonly Sequence[] };
interface Sequence {
  readonly nodes: readonly Node[];
  /** It ends in `...`. */
  readonly repeats: boolean;
}
/** Nodes that belong together because they are repeated: `key value [key value ...]`. */
interface Unit {
  readonly nodes: readonly Node[];
  readonly repeats: boolean;
}

const CLOSING = new Set([']', '>', undefined]);

/**
 * Reads arguments in the notation of Redis's manual: WORDS are tokens and words are values, `[a]` is optional,
 * `a | b` an alternative, `<a | b>` one that must be taken, `a [a ...]` may be repeated, `[a ...]` repeated or left out.
 * @throws SyntaxError if brackets do not match.
 */
export const parseSyntax = (syntax: string): SyntaxArgument[] => {
  const words = syntax.match(/\.\.\.|[[\]<>|]|[^\s[\]<>|]+/g) ?? [];
  const choices = parseChoices(words, syntax);
  if (words.length > 0) throw new SyntaxError(`${words[0]} closes nothing in: ${syntax}`);
  return choices.length === 1 ? argumentsOf(choices[0]!.nodes) : [oneOf(choices)];
};

/** Takes alternatives off `words` up to a closing bracket. */
const parseChoices = (words: string[], syntax: string): Sequence[] => {
  const choices: Sequence[] = [];
  for (;;) {
    choices.push(parseSequence(words, syntax));
    if (words[0] !== '|') return choices;
    words.shift();
  }
};

const parseSequence = (words: string[], syntax: string): Sequence => {
  const nodes: Node[] = [];
  let repeats = false;
  while (words[0] !== '|' && !CLOSING.has(words[0])) {
    const word = words.shift()!;
    if (word === '...') repeats = true;
    else nodes.push(word === '[' || word === '<' ? parseBrackets(word, words, syntax) : word);
  }
  return { nodes, repeats };
};

const parseBrackets = (opening: '[' | '<', words: string[], syntax: string): Node => {
  const choices = parseChoices(words, syntax);
  if (words.shift() !== (opening === '[' ? ']' : '>'))
    throw new SyntaxError(`${opening} is not closed in: ${syntax}`);
  return { optional: opening === '[', choices };
};

const isToken = (node: Node | undefined): node is string => typeof node === 'string' && !/[a-z]/.test(node);

/** Joins `a [a ...]` to one unit. */
const unitsOf = (nodes: readonly Node[]): Unit[] => {
  const units: Unit[] = [];
  for (const node of nodes) {
    const repeated = repeatedBy(node);
    const before = units.slice(-(repeated?.length || 1)).flatMap((unit) => unit.nodes);
    if (repeated !== undefined && JSON.stringify(before) === JSON.stringify(repeated)) {
      units.splice(-repeated.length, repeated.length, { nodes: repeated, repeats: true });
    } else {
      units.push({ nodes: [node], repeats: false });
    }
  }
  return units;
};

const repeatedBy = (node: Node): readonly Node[] | undefined => {
  if (typeof node === 'string' || !node.optional || node.choices.length !== 1) return undefined;
  const [only] = node.choices;
  return only?.repeats ? only.nodes : undefined;
};

/** The arguments that a sequence stands for, one by one. */
const argumentsOf = (nodes: readonly Node[]): SyntaxArgument[] => {
  const found: SyntaxArgument[] = [];
  const units = unitsOf(nodes);
  for (let i = 0; i < units.length; i++) {
    const [node] = units[i]!.nodes;
    const next = units[i + 1];
    if (!units[i]!.repeats && isToken(node) && next !== undefined && takesToken(next)) {
      found.push({ ...argumentOfUnit(next), token: node });
      i++;
    } else {
      found.push(argumentOfUnit(units[i]!));
    }
  }
  return found;
};

/** True if a token before the unit belongs to it. */
const takesToken = ({ nodes }: Unit): boolean => {
  const [node] = nodes;
  return typeof node === 'string' ? !isToken(node) : node !== undefined && !node.optional;
};

const argumentOfUnit = ({ nodes, repeats }: Unit): SyntaxArgument => {
  const argument = nodes.length === 1 ? argumentOfNode(nodes[0]!) : together(nodes);
  return repeats ? { ...argument, multiple: true, multipleToken: argument.token !== undefined } : argument;
};

const argumentOfNode = (node: Node): SyntaxArgument => {
  if (typeof node === 'string') return isToken(node) ? token(node) : value(node);
  const { optional, choices } = node;
  const [only] = choices;
  const argument = choices.length === 1 ? together(only!.nodes) : oneOf(choices);
  const repeated = choices.length === 1 && only!.repeats;
  return { ...argument, optional, multiple: argument.multiple || repeated };
};

/** The one argument that a sequence in brackets stands for. */
const together = (nodes: readonly Node[]): SyntaxArgument => {
  const units = unitsOf(nodes);
  const [first, second] = units;
  if (units.length > 2 && isToken(first?.nodes[0]) && takesToken(second!)) {
    return { ...block(argumentsOf(nodes.slice(1))), token: first.nodes[0] };
  }
  const parts = argumentsOf(nodes);
  return parts.length === 1 ? parts[0]! : block(parts);
};

const PLAIN = {
  token: undefined,
  optional: false,
  multiple: false,
  multipleToken: false,
  parts: [],
} as const;

const token = (word: string): SyntaxArgument => ({
  ...PLAIN,
  name: word.toLowerCase(),
  kind: 'token',
  token: word,
});

const value = (name: string): SyntaxArgument => ({ ...PLAIN, name, kind: 'value' });

const block = (parts: readonly SyntaxArgument[]): SyntaxArgument => ({
  ...PLAIN,
  name: joinedName(parts),
  kind: 'block',
  parts,
});

const oneOf = (choices: readonly Sequence[]): SyntaxArgument => {
  const parts = choices.map(({ nodes, repeats }) => {
    const part = together(nodes);
    return repeats ? { ...part, multiple: true } : part;
  });
  return { ...PLAIN, name: joinedName(parts), kind: 'oneof', parts };
};

const joinedName = (parts: readonly SyntaxArgument[]): string => parts.map(({ name }) => name).join('_');
