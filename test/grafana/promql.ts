/** A metric that a query names, with the labels that it selects by. */
export interface Selector {
  readonly name: string;
  readonly labels: readonly string[];
}

const WORDS = new Set([
  'and',
  'or',
  'unless',
  'bool',
  'offset',
  'by',
  'on',
  'ignoring',
  'without',
  'Inf',
  'NaN',
]);
/** A text that is an argument of a function. */
const ARGUMENT = /,\s*"[^"]*"(?=\s*[,)])/g;
const GROUPING = /\b(?:by|on|ignoring|without|group_left|group_right)\s*\(([^)]*)\)/g;

/** The metrics in a query. */
export function selectorsOf(expr: string): Selector[] {
  const bare = expr
    .replaceAll(ARGUMENT, ' ')
    .replaceAll(GROUPING, ' ')
    .replaceAll(/\[[^\]]*\]/g, ' ');
  const found = bare.matchAll(/\b([a-zA-Z_:][\w:]*)\b(?!\s*\()(?:\s*\{([^}]*)\})?/g);
  // Label names and values are in the braces, which the match of their metric has consumed.
  return [...found]
    .map(([, name = '', inside = '']) => ({ name, labels: labelsIn(inside) }))
    .filter(({ name }) => !WORDS.has(name));
}

function labelsIn(matchers: string): string[] {
  return [...matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*"(?:[^"\\]|\\.)*"/g)].map(([, label = '']) => label);
}

/** The labels that a query groups by or matches on. */
export function groupingLabels(expr: string): string[] {
  const lists = [...expr.matchAll(GROUPING)].map(([, list = '']) => list);
  return lists
    .flatMap((list) => list.split(',').map((label) => label.trim()))
    .filter((label) => label !== '');
}

/**
 * What the condition of an alert compares: each side of `and`, without the comparison at its end. A comparison that does
 * not hold has no result, as has one of a metric that does not exist; what is compared must have one.
 */
export function comparedIn(expr: string): string[] {
  return conjuncts(expr.trim()).map((side) =>
    side
      .trim()
      .replace(/^on\s*\([^)]*\)\s*/, '')
      .replace(/\s+(?:==|!=|>=|<=|>|<)\s+[\d.e+-]+$/, ''),
  );
}

/** The sides of each `and` that is in no parentheses. */
function conjuncts(expr: string): string[] {
  let depth = 0;
  for (let i = 0; i < expr.length; i++) {
    if (expr[i] === '(') depth++;
    else if (expr[i] === ')') depth--;
    else if (depth === 0 && /^\sand\s/.test(expr.slice(i)))
      return [expr.slice(0, i), ...conjuncts(expr.slice(i + 5))];
  }
  return [expr];
}
