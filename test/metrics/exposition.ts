/** Metrics in the text format of Prometheus, read back. */
export interface Exposition {
  /** Types by family, in the order of the text. */
  readonly types: ReadonlyMap<string, string>;
  /** Values by series, as they are written: `name{label="value"}`. */
  readonly series: ReadonlyMap<string, number>;
}

/** @throws Error if a line is none of the format, a series comes twice or outside of its family. */
export function readExposition(text: string): Exposition {
  const types = new Map<string, string>();
  const series = new Map<string, number>();
  let family = '';
  for (const line of text.split('\n')) {
    const [, name = '', type = ''] = /^# TYPE (\S+) (counter|gauge|histogram)$/.exec(line) ?? [];
    if (name !== '') {
      family = name;
      types.set(name, type);
    }
    if (line === '' || line.startsWith('#')) continue;
    const [, key = '', value = ''] = /^(\w+(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
    if (!key.startsWith(family) || value === '' || series.has(key)) throw new Error(`bad line: ${line}`);
    series.set(key, Number(value));
  }
  return { types, series };
}
