import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { configFrom } from '../../src/config/config.ts';
import { freePort } from '../process/free-port.ts';
import { ROOT, temporaryFolder } from '../process/server-process.ts';
import { alertRules } from './alert-rules.ts';
import { BackgroundProgram, missing } from './background-program.ts';
import type { Dashboard } from './dashboard.ts';
import { DASHBOARD, GRAFANA, PROMETHEUS_CONFIG, readJson, readYaml } from './files.ts';

interface Service {
  readonly image: string;
  readonly network_mode: string;
  readonly ports?: unknown;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
}

interface Compose {
  readonly services: Readonly<Record<'prometheus' | 'grafana', Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

interface Provider {
  readonly type: string;
  readonly allowUiUpdates: boolean;
  readonly options: { readonly path: string };
}

interface Datasource {
  readonly uid: string;
  readonly type: string;
  readonly url: string;
  readonly jsonData: { readonly timeInterval: string };
}

interface PrometheusConfig {
  readonly global: { readonly scrape_interval: string };
  readonly scrape_configs: ReadonlyArray<{
    job_name: string;
    static_configs: ReadonlyArray<{ targets: string[] }>;
  }>;
}

const compose = readYaml<Compose>(path.join(GRAFANA, 'docker-compose.yml'));
const { prometheus, grafana } = compose.services;
const config = readYaml<PrometheusConfig>(PROMETHEUS_CONFIG);

/** Where a path in a container comes from, if it is one of ours. */
function mounted(service: Service, inside: string): string | undefined {
  for (const [from = '', to = ''] of service.volumes.map((volume) => volume.split(':')))
    if (from.startsWith('./') && `${inside}/`.startsWith(`${to}/`))
      return path.join(GRAFANA, from, inside.slice(to.length));
  return undefined;
}

describe('grafana/docker-compose.yml', () => {
  test('pins its images and mounts only what there is', () => {
    for (const { image, volumes } of [prometheus, grafana]) {
      assert.match(image, /:v?\d+\.\d+\.\d+$/);
      for (const [from = ''] of volumes.map((volume) => volume.split(':')))
        assert.ok(
          from.startsWith('./') ? existsSync(path.join(GRAFANA, from)) : from in compose.volumes,
          from,
        );
    }
  });

  test('reaches a server that is bound to loopback, and listens there only', () => {
    for (const { network_mode, ports } of [prometheus, grafana])
      assert.deepEqual([network_mode, ports], ['host', undefined]);
    assert.ok(prometheus.command?.includes('--web.listen-address=127.0.0.1:9090'));
    assert.equal(grafana.environment?.GF_SERVER_HTTP_ADDR, '127.0.0.1');
    assert.equal(grafana.environment?.PROMETHEUS_URL, 'http://127.0.0.1:9090');
  });

  test('puts every file where its program looks for it', () => {
    const [flag = ''] = prometheus.command ?? [];
    assert.equal(mounted(prometheus, flag.replace('--config.file=', '')), PROMETHEUS_CONFIG);
    assert.equal(
      mounted(grafana, grafana.environment?.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH ?? ''),
      DASHBOARD,
    );
    assert.equal(mounted(grafana, '/etc/grafana/provisioning'), path.join(GRAFANA, 'provisioning'));
    const { providers } = readYaml<{ providers: Provider[] }>(
      path.join(GRAFANA, 'provisioning/dashboards/corespond.yml'),
    );
    assert.deepEqual(
      providers.map(({ type, allowUiUpdates, options }) => [
        type,
        allowUiUpdates,
        mounted(grafana, options.path),
      ]),
      [['file', true, path.dirname(DASHBOARD)]],
    );
  });
});

test('grafana/prometheus/prometheus.yml scrapes a server with default settings, under the name that the alerts know', () => {
  const { metricsHost, metricsPort } = configFrom({});
  const [job] = config.scrape_configs;
  assert.deepEqual(
    job?.static_configs.map(({ targets }) => targets),
    [[`${metricsHost}:${metricsPort}`]],
  );
  const down = alertRules().find(({ alert }) => alert === 'CorespondDown');
  assert.equal(down?.expr, `up{job="${job?.job_name}"} == 0`);
});

test('grafana/provisioning has a Prometheus that knows how often is scraped', () => {
  const file = path.join(GRAFANA, 'provisioning/datasources/prometheus.yml');
  const [source] = readYaml<{ datasources: Datasource[] }>(file).datasources;
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the environment
  assert.deepEqual([source?.type, source?.url], ['prometheus', '${PROMETHEUS_URL}']);
  assert.equal(source?.jsonData.timeInterval, config.global.scrape_interval);
  assert.equal(readJson<Dashboard>(DASHBOARD).uid, 'corespond');
});

describe('grafana/README.md', () => {
  const text = readFileSync(path.join(GRAFANA, 'README.md'), 'utf8');

  test('has five lines', () => assert.equal(text.trimEnd().split('\n').length, 5));

  test('has a Prometheus that runs as it stands, wherever it may write', {
    skip: missing('prometheus'),
  }, async (t) => {
    const [, command = ''] = /`(prometheus [^`]+)`/.exec(text) ?? [];
    assert.match(command, / --web\.listen-address=127\.0\.0\.1:9090$/);
    const home = temporaryFolder(t);
    const port = await freePort();
    const run = `cd ${ROOT} && HOME=${home} && exec ${command.replace(':9090', `:${port}`)}`;
    const program = new BackgroundProgram(t, 'sh', ['-c', run], home);
    await program.answering(`http://127.0.0.1:${port}/-/ready`);
    assert.ok(existsSync(path.join(home, 'prometheus-data')));
  });
});
