import { Gauge, Registry } from 'prom-client';
import type { InstanceBooks } from './books.ts';
import { CATALOGUE, type Family, labelNames, metricName } from './catalogue.ts';
import { type Distribution, distributionsOf, type Labels, samplesOf } from './samples.ts';

/** Shows the books in the text format of Prometheus. Nothing is kept here: each rendering reads the books anew. */
export class Exporter {
  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;
  readonly #read: () => InstanceBooks;
  readonly #registry = new Registry();
  /** Those of the rendering under way. */
  #books: InstanceBooks | undefined;

  /** @param read the books as they are now. */
  constructor(read: () => InstanceBooks) {
    this.#read = read;
    for (const family of CATALOGUE) new BookMetric(family, this.#registry, () => (this.#books ??= read()));
  }

  /** All metrics as text. */
  render(): Promise<string> {
    this.#books = this.#read();
    return this.#registry.metrics();
  }
}

/** One line as the registry takes it. */
interface Line {
  readonly metricName?: string;
  readonly labels?: Readonly<Record<string, string | number>>;
  readonly sharedLabels?: Labels;
  readonly value: number;
}

/**
 * A family of the catalogue in a registry of prom-client. It keeps no values of its own as prom-client's metrics do:
 * the registry asks it for lines and it reads them from the books.
 */
class BookMetric extends Gauge {
  readonly #family: Family;
  readonly #books: () => InstanceBooks;

  constructor(family: Family, registry: Registry, books: () => InstanceBooks) {
    super({
      name: metricName(family),
      help: family.help,
      labelNames: labelNames(family),
      registers: [registry],
    });
    this.#family = family;
    this.#books = books;
  }

  /** Called by the registry, which prefers it to `get()`. */
  async getForPromString() {
    const { help, type } = this.#family;
    const name = metricName(this.#family);
    const values: Line[] =
      type === 'histogram'
        ? distributionsOf(this.#family, this.#books()).flatMap((series) => this.#linesOf(name, series))
        : samplesOf(this.#family, this.#books());
    return { name, help, type, values };
  }

  #linesOf(name: string, { labels, sum, buckets }: Distribution): Line[] {
    const bounds = [...(this.#family.buckets ?? []), '+Inf'];
    let count = 0;
    const lines: Line[] = bounds.map((le, i) => {
      count += buckets[i] ?? 0;
      return { metricName: `${name}_bucket`, labels: { le }, sharedLabels: labels, value: count };
    });
    lines.push({ metricName: `${name}_sum`, sharedLabels: labels, value: sum });
    lines.push({ metricName: `${name}_count`, sharedLabels: labels, value: count });
    return lines;
  }
}
