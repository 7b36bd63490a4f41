import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

/** The folder `grafana/` of the project. */
export const GRAFANA = path.resolve(import.meta.dirname, '../../grafana');

export const RULES = path.join(GRAFANA, 'prometheus/rules/corespond.rules.yml');
export const PROMETHEUS_CONFIG = path.join(GRAFANA, 'prometheus/prometheus.yml');
export const DASHBOARD = path.join(GRAFANA, 'dashboards/corespond.json');

const RULE_TEST_FOLDER = path.join(GRAFANA, 'prometheus/tests');
/** The files of promtool's tests of the rules. */
export const RULE_TESTS = readdirSync(RULE_TEST_FOLDER)
  .filter((name) => name.endsWith('.test.yml'))
  .map((name) => path.join(RULE_TEST_FOLDER, name));

/** The content of a YAML file. What it is said to be is not checked. */
export function readYaml<T>(file: string): T {
  return parse(readFileSync(file, 'utf8'));
}

/** The content of a JSON file. What it is said to be is not checked. */
export function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8'));
}
