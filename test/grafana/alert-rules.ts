import { RULE_TESTS, RULES, readYaml } from './files.ts';

export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** What is expected of an alert at one time in one of promtool's tests. */
export interface AlertCase {
  readonly alertname: string;
  readonly eval_time: string;
  readonly exp_alerts?: readonly object[];
}

interface RuleFile {
  readonly groups: ReadonlyArray<{ readonly rules: readonly AlertRule[] }>;
}

interface RuleTestFile {
  readonly tests: ReadonlyArray<{ readonly alert_rule_test: readonly AlertCase[] }>;
}

/** The alerts that we ship. */
export function alertRules(): AlertRule[] {
  return readYaml<RuleFile>(RULES).groups.flatMap(({ rules }) => rules);
}

/** The cases in which they are tested. */
export function alertCases(): AlertCase[] {
  const tests = RULE_TESTS.flatMap((file) => readYaml<RuleTestFile>(file).tests);
  return tests.flatMap((test) => test.alert_rule_test);
}

/** Which alerts are never seen to fire, or never to stay silent, and which cases are of none: one line each. */
export function untested(rules: readonly AlertRule[], cases: readonly AlertCase[]): string[] {
  const names = new Set(rules.map(({ alert }) => alert));
  const seen = (alert: string, firing: boolean) =>
    cases.some(({ alertname, exp_alerts = [] }) => alertname === alert && exp_alerts.length > 0 === firing);
  return [
    ...[...names].filter((alert) => !seen(alert, true)).map((alert) => `${alert} is never seen to fire`),
    ...[...names]
      .filter((alert) => !seen(alert, false))
      .map((alert) => `${alert} is never seen to be silent`),
    ...cases
      .filter(({ alertname }) => !names.has(alertname))
      .map(({ alertname }) => `there is no ${alertname}`),
  ];
}
