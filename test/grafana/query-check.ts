import type { Query } from './dashboard.ts';
import type { PrometheusProcess, Series } from './prometheus-process.ts';
import { interpolate, type Values } from './template.ts';

/** Seconds that are looked at. */
const WINDOW = 5;

export interface QueryCheck {
  readonly prometheus: PrometheusProcess;
  readonly values: Values;
  /** Somebody else's query: values that are no numbers are his affair as long as there are others. */
  readonly lenient?: boolean;
}

/** What is wrong with the results of queries, one line each; empty when nothing is. */
export async function faultsOfQueries(queries: readonly Query[], check: QueryCheck): Promise<string[]> {
  const faults = await Promise.all(queries.map((query) => faultsOf(query, check)));
  return faults.flat();
}

async function faultsOf({ where, expr, legend }: Query, check: QueryCheck): Promise<string[]> {
  const asked = interpolate(expr, check.values);
  try {
    const series = await check.prometheus.queryRange(asked, WINDOW);
    return [...faultsOfSeries(series, legend, check.lenient ?? false), ...tooMany(series, expr)].map(
      (fault) => `${where}: ${fault}: ${asked}`,
    );
  } catch (error) {
    return [`${where}: ${error instanceof Error ? error.message : error}: ${asked}`];
  }
}

/** Of a dashboard's own query, which chooses once: one that chooses at each step has more. */
function tooMany(series: readonly Series[], expr: string): string[] {
  const [, most = 'Infinity'] = / and on \(\w+\) topk\((\d+),/.exec(expr) ?? [];
  return series.length > Number(most) ? [`${series.length} series, which should be ${most} at most`] : [];
}

function* faultsOfSeries(series: readonly Series[], legend: string, lenient: boolean): Generator<string> {
  const numbers = series.flatMap(({ values }) => values.map(([, value]) => Number(value)));
  if (numbers.length === 0) yield 'no data';
  const wrong = numbers.filter((number) => !Number.isFinite(number));
  if (wrong.length === numbers.length ? wrong.length > 0 : wrong.length > 0 && !lenient)
    yield `${wrong.length} of ${numbers.length} values are no numbers`;
  for (const [, label = ''] of legend.matchAll(/\{\{\s*(\w+)\s*\}\}/g)) {
    if (series.some(({ metric }) => metric[label] === undefined)) yield `there is no ${label} for the legend`;
  }
}
