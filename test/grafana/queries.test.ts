import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { checkMetrics } from '../metrics/promtool.ts';
import { get } from '../process/exposition.ts';
import { ServerProcess, SuiteScope, unsupported } from '../process/server-process.ts';
import { alertRules } from './alert-rules.ts';
import { missing } from './background-program.ts';
import { type Dashboard, type Query, queriesOf } from './dashboard.ts';
import { DASHBOARD, readJson } from './files.ts';
import { FOREIGN_DASHBOARDS } from './foreign-dashboards.ts';
import { MixedLoad } from './mixed-load.ts';
import { PrometheusProcess, SCRAPE } from './prometheus-process.ts';
import { comparedIn } from './promql.ts';
import { faultsOfQueries } from './query-check.ts';
import { REDIS_EXPORTER, startRedisExporter } from './redis-exporter.ts';
import { builtIn, interpolate, resolveVariables } from './template.ts';

/** So many that a range of the latest seconds has a rate at each step. */
const SCRAPES = 12;

const BUILT_IN = builtIn(60, SCRAPE);

/** What the processes use together, and what those but the supervisor do. */
const TOGETHER: ReadonlyArray<readonly [query: string, withoutSupervisor: string]> = [
  ['CPU A', 'sum(rate(corespond_cpu_seconds_total[$__rate_interval]))'],
  ['CPU by process A', 'sum(rate(corespond_cpu_seconds_total[$__rate_interval]))'],
  ['Process memory A', 'sum(corespond_memory_anon_bytes)'],
  ['Memory by process A', 'sum(corespond_memory_anon_bytes)'],
];

/** What each of these queries says is used beyond workers and keyspace, at one moment. */
async function supervisorIn(prometheus: PrometheusProcess): Promise<Array<[query: string, used: number]>> {
  const dashboard = readJson<Dashboard>(DASHBOARD);
  const values = await resolveVariables(dashboard, prometheus, BUILT_IN);
  const queries = queriesOf(dashboard);
  return Promise.all(
    TOGETHER.map(async ([query, rest]) => {
      const exprs = queries.filter(({ where }) => where === query).map(({ expr }) => expr);
      assert.equal(exprs.length, 1, query);
      const used = await prometheus.value(interpolate(`sum(${exprs[0]}) - ${rest}`, values));
      return [query, used ?? Number.NaN] as [string, number];
    }),
  );
}

describe('a real Prometheus, on a server with mixed load, has data', {
  skip: unsupported || missing('prometheus', 'promtool', REDIS_EXPORTER),
}, () => {
  const scope = new SuiteScope();
  let server: ServerProcess;
  let prometheus: PrometheusProcess;

  before(async () => {
    server = await ServerProcess.start(scope, { settings: { workers: 2 } });
    MixedLoad.start(scope, server.port);
    const exporter = await startRedisExporter(scope, server.port);
    const labels = { namespace: 'default', pod: 'corespond' };
    const job = { job_name: 'redis', static_configs: [{ targets: [`127.0.0.1:${exporter}`], labels }] };
    prometheus = await PrometheusProcess.start(scope, server.metricsPort, [job]);
    await prometheus.scraped('corespond_build_info', SCRAPES);
    await prometheus.scraped('redis_up', SCRAPES);
  });
  after(() => scope.end());

  test('for every query of the dashboard', async () => {
    const dashboard = readJson<Dashboard>(DASHBOARD);
    const values = await resolveVariables(dashboard, prometheus, BUILT_IN);
    const queries = queriesOf(dashboard);
    assert.ok(queries.length > 80, String(queries.length));
    assert.deepEqual(await faultsOfQueries(queries, { prometheus, values }), []);
  });

  test('for the supervisor among all processes', async () => {
    for (const [query, used] of await supervisorIn(prometheus)) assert.ok(used > 0, `${query}: ${used}`);
  });

  test('for what every alert compares', async () => {
    const queries = alertRules().flatMap(({ alert, expr }): Query[] =>
      comparedIn(expr).map((compared) => ({ where: alert, expr: compared, legend: '' })),
    );
    assert.deepEqual(await faultsOfQueries(queries, { prometheus, values: {} }), []);
  });

  for (const { number, variables, queries } of FOREIGN_DASHBOARDS) {
    test(`for every query of dashboard ${number}, by way of ${REDIS_EXPORTER}`, async () => {
      const values = await resolveVariables({ templating: { list: variables } }, prometheus, BUILT_IN);
      assert.deepEqual(await faultsOfQueries(queries, { prometheus, values, lenient: true }), []);
    });
  }

  test('and evaluates every rule, none of which fires', async () => {
    const rules = await prometheus.rules();
    const names = alertRules().map(({ alert }) => alert);
    assert.deepEqual(rules.map(({ name }) => name).sort(), names.sort());
    assert.deepEqual(
      rules.filter(({ health, state }) => health !== 'ok' || state === 'firing'),
      [],
    );
  });

  test('and promtool finds nothing in /metrics', async () => {
    assert.deepEqual(checkMetrics((await get(server.metricsPort, '/metrics')).body), [0, '']);
  });

  test('but none for a query that is wrong, whatever is wrong with it', async () => {
    const faults = async (expr: string, legend = '') => {
      const found = await faultsOfQueries([{ where: 'x', expr, legend }], { prometheus, values: {} });
      return found.join('\n');
    };
    assert.match(await faults('corespond_nonsense'), /no data/);
    assert.match(await faults('corespond_workers / 0'), /no numbers/);
    assert.match(await faults('corespond_workers', '{{worker}}'), /no worker for the legend/);
    assert.match(await faults('sum(corespond_workers'), /parse error/);
    assert.equal(await faults('corespond_workers', '{{instance}}'), '');
  });
});

describe('a real Prometheus, on a server in one process, has data', {
  skip: unsupported || missing('prometheus'),
}, () => {
  const scope = new SuiteScope();
  let prometheus: PrometheusProcess;

  before(async () => {
    const server = await ServerProcess.start(scope, { settings: { workers: 0 } });
    MixedLoad.start(scope, server.port);
    prometheus = await PrometheusProcess.start(scope, server.metricsPort);
    await prometheus.scraped('corespond_build_info', SCRAPES);
  });
  after(() => scope.end());

  test('for every query of the dashboard', async () => {
    const dashboard = readJson<Dashboard>(DASHBOARD);
    const values = await resolveVariables(dashboard, prometheus, BUILT_IN);
    assert.deepEqual(await faultsOfQueries(queriesOf(dashboard), { prometheus, values }), []);
  });

  test('for that process once', async () => {
    const expected = TOGETHER.map(([query]) => [query, 0]);
    assert.deepEqual(await supervisorIn(prometheus), expected);
  });
});
