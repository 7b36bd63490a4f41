import http from 'node:http';

/** What a metrics server answered. */
export interface Page {
  readonly status: number;
  readonly body: string;
}

export function get(port: number, path: string): Promise<Page> {
  return new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', port, path, agent: false, timeout: 5000 }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        body += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    request.on('error', reject);
  });
}

/** Values of all series, by name and labels as they are written. */
export class Exposition {
  readonly #values = new Map<string, number>();

  constructor(text: string) {
    for (const line of text.split('\n')) {
      const at = line.lastIndexOf(' ');
      if (line !== '' && !line.startsWith('#'))
        this.#values.set(line.slice(0, at), Number(line.slice(at + 1)));
    }
  }

  /** @throws if there is no such metrics server. */
  static async of(port: number): Promise<Exposition> {
    return new Exposition((await get(port, '/metrics')).body);
  }

  /** Adds up the series of `corespond_<name>` whose labels contain all of `labels` (`cmd="incr"`). */
  sum(name: string, ...labels: readonly string[]): number {
    let total = 0;
    for (const [series, value] of this.#values) {
      const [family = '', rest = ''] = series.split('{');
      if (family === `corespond_${name}` && labels.every((label) => rest.includes(label))) total += value;
    }
    return total;
  }

  /** The counters that stand lower than they did before. */
  fallenSince(earlier: Exposition): string[] {
    const fallen: string[] = [];
    for (const [series, before] of earlier.#values) {
      const now = this.#values.get(series);
      if (/(_total|_bucket|_count|_sum)($|\{)/.test(series) && (now === undefined || now < before)) {
        fallen.push(`${series} ${before} -> ${now}`);
      }
    }
    return fallen;
  }
}
