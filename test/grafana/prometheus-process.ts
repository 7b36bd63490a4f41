import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { freePort } from '../process/free-port.ts';
import { type Scope, temporaryFolder } from '../process/server-process.ts';
import { until } from '../process/until.ts';
import { BackgroundProgram } from './background-program.ts';
import { PROMETHEUS_CONFIG, RULES, readYaml } from './files.ts';

/** How often it scrapes, in seconds. */
export const SCRAPE = 1;

/** A series of a result, with a value for each step. */
export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: ReadonlyArray<readonly [time: number, value: string]>;
}

interface ScrapeConfig {
  readonly job_name: string;
  readonly static_configs: ReadonlyArray<{
    targets: readonly string[];
    labels?: Readonly<Record<string, string>>;
  }>;
}

interface PrometheusConfig {
  readonly scrape_configs: readonly ScrapeConfig[];
}

/** What becomes of each rule. */
export interface RuleState {
  readonly name: string;
  readonly health: string;
  /** `inactive`, `pending` or `firing`. */
  readonly state: string;
  readonly lastError?: string;
}

/** A real Prometheus with the configuration that we ship, which scrapes what a test says, and faster. */
export class PrometheusProcess {
  readonly #url: string;

  private constructor(url: string) {
    this.#url = url;
  }

  /** @param metricsPort of the server. @param more jobs beside it. */
  static async start(
    scope: Scope,
    metricsPort: number,
    more: readonly ScrapeConfig[] = [],
  ): Promise<PrometheusProcess> {
    const folder = temporaryFolder(scope);
    const file = path.join(folder, 'prometheus.yml');
    writeFileSync(file, stringify(configFor(metricsPort, more)));
    const address = `127.0.0.1:${await freePort()}`;
    const program = new BackgroundProgram(
      scope,
      'prometheus',
      [
        `--config.file=${file}`,
        `--storage.tsdb.path=${path.join(folder, 'data')}`,
        `--web.listen-address=${address}`,
        '--log.level=warn',
      ],
      folder,
    );
    await program.answering(`http://${address}/-/ready`);
    return new PrometheusProcess(`http://${address}`);
  }

  /** The series of a query over the latest seconds, one step a second. @throws what is wrong with the query. */
  async queryRange(query: string, seconds: number): Promise<Series[]> {
    const end = Math.floor(Date.now() / 1000);
    const parameters = { query, start: String(end - seconds), end: String(end), step: '1' };
    return (await this.#ask<{ result: Series[] }>('query_range', parameters)).result;
  }

  /** The values of a query now, added up; undefined if there are none. */
  async value(query: string): Promise<number | undefined> {
    const { result } = await this.#ask<{ result: Array<{ value: [number, string] }> }>('query', { query });
    return result.length === 0 ? undefined : result.reduce((sum, { value }) => sum + Number(value[1]), 0);
  }

  labelValues(label: string, metric?: string): Promise<string[]> {
    return this.#ask(`label/${label}/values`, metric === undefined ? {} : { 'match[]': metric });
  }

  async rules(): Promise<RuleState[]> {
    const { groups } = await this.#ask<{ groups: Array<{ rules: RuleState[] }> }>('rules', {});
    return groups.flatMap(({ rules }) => rules);
  }

  /** Waits until a metric has been scraped so many times. */
  async scraped(metric: string, times: number): Promise<void> {
    const enough = async () => ((await this.value(`max(count_over_time(${metric}[10m]))`)) ?? 0) >= times;
    await until(`${metric} is scraped ${times} times`, enough, (times + 20) * SCRAPE * 1000);
  }

  async #ask<T>(what: string, parameters: Readonly<Record<string, string>>): Promise<T> {
    const url = `${this.#url}/api/v1/${what}?${new URLSearchParams(parameters)}`;
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    const answer: { status: string; error?: string; data: T } = JSON.parse(await response.text());
    if (answer.status !== 'success') throw new Error(`${what}: ${answer.error}`);
    return answer.data;
  }
}

/** What we ship, but for other ports and a shorter interval. */
function configFor(metricsPort: number, more: readonly ScrapeConfig[]): object {
  const shipped = readYaml<PrometheusConfig>(PROMETHEUS_CONFIG);
  const jobs = shipped.scrape_configs.map((job) => ({
    ...job,
    static_configs: job.static_configs.map((target) => ({
      ...target,
      targets: [`127.0.0.1:${metricsPort}`],
    })),
  }));
  return {
    ...shipped,
    global: { scrape_interval: `${SCRAPE}s`, evaluation_interval: `${SCRAPE}s` },
    rule_files: [RULES],
    scrape_configs: [...jobs, ...more],
  };
}
