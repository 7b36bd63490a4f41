import { type Box, type Dashboard, type Panel, panelsOf, queriesOf } from './dashboard.ts';

const COLUMNS = 24;

/** What is wrong with a dashboard that needs no Prometheus to be seen, one line each; empty when nothing is. */
export function faultsOfDashboard(dashboard: Dashboard): string[] {
  const panels = panelsOf(dashboard);
  return [
    ...faultsOfHead(dashboard),
    ...repeated(panels.map(({ id }) => id)).map((id) => `panel id ${id} is used twice`),
    ...repeated(panels.map(({ title }) => title)).map((title) => `two panels are called ${title}`),
    ...panels.filter(({ type }) => type !== 'row').flatMap((panel) => [...faultsOfPanel(panel)]),
    ...overlaps(panels),
    ...queriesOf(dashboard).flatMap(({ where, expr }) =>
      [...faultsOfQuery(expr)].map((fault) => `${where}: ${fault}`),
    ),
  ];
}

function* faultsOfHead({ id, uid, schemaVersion, templating, __inputs }: Dashboard): Generator<string> {
  if (id !== null) yield 'id is that of one Grafana';
  if (!/^[\w-]{1,40}$/.test(uid)) yield `uid ${uid} is none`;
  if (schemaVersion !== 39) yield `schemaVersion is ${schemaVersion}`;
  // Grafana asks for inputs when somebody imports the file, and not when it is provisioned.
  if (__inputs !== undefined) yield 'has __inputs';
  if (!templating.list.some(({ name, type }) => name === 'datasource' && type === 'datasource'))
    yield 'has no variable for the datasource';
}

function* faultsOfPanel({
  title,
  description,
  datasource,
  fieldConfig,
  targets = [],
}: Panel): Generator<string> {
  if (!description) yield `${title} has no description`;
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Grafana
  if (datasource?.uid !== '${datasource}') yield `${title} goes to a datasource of its own`;
  if (!fieldConfig?.defaults.unit) yield `${title} has no unit`;
  if (targets.length === 0) yield `${title} has no query`;
  if (targets.some(({ legendFormat }) => !legendFormat)) yield `${title} has a query without a legend`;
  yield* repeated(targets.map(({ refId }) => refId)).map((refId) => `${title} has two queries ${refId}`);
}

function* faultsOfQuery(expr: string): Generator<string> {
  for (const [selector] of expr.matchAll(/\{[^}]*\}/g))
    if (!selector.includes('instance=~"$instance"')) yield `${selector} takes all instances`;
  for (const [window] of expr.matchAll(/\[[^\]]*\]/g))
    if (!/^\[\$__(rate_interval|range)\]$/.test(window))
      yield `${window} does not follow the range that is shown`;
  // The sum of counters falls when one of them goes away, which looks like a restart of all.
  if (/\b(rate|irate|increase)\s*\(\s*(sum|avg|max|min|count)\b/.test(expr)) yield 'takes the rate of a sum';
  // Chosen at each step, they are many more in all, and each has gaps.
  if (/\b(topk|bottomk)\s*\(/.test(expr) && !/ and on \(\w+\) (topk|bottomk)\(.* @ end\(\)/.test(expr))
    yield 'chooses other series at each step';
  if (/\b\w+_total\b/.test(expr.replaceAll(/\b(rate|increase)\s*\([^)]*\)/g, ''))) yield 'has a bare counter';
}

function* overlaps(panels: readonly Panel[]): Generator<string> {
  for (const [i, { title, gridPos }] of panels.entries()) {
    if (gridPos.x < 0 || gridPos.w < 1 || gridPos.x + gridPos.w > COLUMNS)
      yield `${title} is beside the grid`;
    const others = panels.slice(0, i).filter((other) => meet(gridPos, other.gridPos));
    yield* others.map((other) => `${title} lies on ${other.title}`);
  }
}

function meet(a: Box, b: Box): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

function repeated<T>(values: readonly T[]): T[] {
  return values.filter((value, i) => values.indexOf(value) !== i);
}
