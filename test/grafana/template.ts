import type { Dashboard, Variable } from './dashboard.ts';
import type { PrometheusProcess } from './prometheus-process.ts';

/** Values of Grafana's variables by name, as they are put into queries. */
export type Values = Readonly<Record<string, string>>;

/** What Grafana provides by itself, for a range and a scrape interval in seconds. */
export function builtIn(range: number, scrape: number): Values {
  const step = Math.max(1, Math.ceil(range / 1000));
  return {
    __interval: `${Math.max(step, scrape)}s`,
    __rate_interval: `${Math.max(step + scrape, 4 * scrape)}s`,
    __range: `${range}s`,
  };
}

/** Puts values in the place of `$name`, `${name}`, `${name:format}` and `[[name]]`. @throws if one is unknown. */
export function interpolate(text: string, values: Values): string {
  return text.replaceAll(/\$\{(\w+)(?::\w+)?\}|\[\[(\w+)\]\]|\$(\w+)/g, (reference, a, b, c) => {
    const value = values[a ?? b ?? c];
    if (value === undefined) throw new Error(`nobody knows the variable ${reference}`);
    return value;
  });
}

/** All values of one who selects everything, escaped and joined as Grafana does it for Prometheus. */
function everything(values: readonly string[]): string {
  const escaped = values.map((value) => value.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\\\$&'));
  return escaped.length === 1 ? escaped.join('') : `(${escaped.join('|')})`;
}

/** Asks for the values of a dashboard's variables, one after the other as they may need those before. */
export async function resolveVariables(
  { templating }: Pick<Dashboard, 'templating'>,
  prometheus: PrometheusProcess,
  known: Values,
): Promise<Values> {
  let values = known;
  for (const variable of templating.list) {
    values = { ...values, [variable.name]: await selected(variable, prometheus, values) };
  }
  return values;
}

async function selected(variable: Variable, prometheus: PrometheusProcess, values: Values): Promise<string> {
  const { name, type, query, multi, includeAll } = variable;
  if (type === 'datasource') return 'prometheus';
  const asked = interpolate(typeof query === 'string' ? query : query.query, values);
  const [, metric, label] = /^label_values\(\s*(?:(.+?)\s*,\s*)?(\w+)\s*\)$/s.exec(asked) ?? [];
  if (label === undefined) throw new Error(`variable ${name} asks what is not understood: ${asked}`);
  const found = await prometheus.labelValues(label, metric);
  if (found.length === 0) throw new Error(`variable ${name} has no values: ${asked}`);
  return multi || includeAll ? everything(found) : found.slice(0, 1).join('');
}
