import { readExposition } from '../metrics/exposition.ts';

/** What has been counted since the start, by names of our own. Totals by command and error leave out those at 0. */
export type Totals = ReadonlyMap<string, number>;

/** Names of single totals: as INFO calls them, and as /metrics does. */
const SINGLE: ReadonlyArray<readonly [name: string, info: string, metric: string]> = [
  ['connections', 'total_connections_received', 'connections_received_total'],
  ['refused', 'rejected_connections', 'rejected_connections_total'],
  ['input', 'total_net_input_bytes', 'net_input_bytes_total'],
  ['output', 'total_net_output_bytes', 'net_output_bytes_total'],
  ['hits', 'keyspace_hits', 'keyspace_hits_total'],
  ['misses', 'keyspace_misses', 'keyspace_misses_total'],
  ['expired', 'expired_keys', 'expired_keys_total'],
  ['expired fields', 'expired_subkeys', 'expired_fields_total'],
  ['evicted', 'evicted_keys', 'evicted_keys_total'],
];

/** The totals in a reply to INFO ALL. */
export function infoTotals(text: string): Totals {
  const fields = new Map(
    text.split('\r\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]),
  );
  const totals = new Map(SINGLE.map(([name, info]) => [name, Number(fields.get(info))]));
  totals.set('commands', Number(fields.get('total_commands_processed')));
  totals.set('errors', Number(fields.get('total_error_replies')));
  for (const [field, value] of fields) {
    const [, kind, of = ''] = /^(cmdstat|errorstat)_(.*)$/.exec(field) ?? [];
    const figures = Object.fromEntries(value.split(',').map((pair) => pair.split('=')));
    if (kind === 'errorstat') totals.set(`error ${of}`, Number(figures.count));
    if (kind !== 'cmdstat') continue;
    setUnlessZero(totals, `calls of ${of}`, Number(figures.calls));
    setUnlessZero(totals, `failed ${of}`, Number(figures.failed_calls));
    setUnlessZero(totals, `rejected ${of}`, Number(figures.rejected_calls));
  }
  return totals;
}

/** The totals in /metrics. */
export function metricsTotals(text: string): Totals {
  const { series } = readExposition(text);
  const sum = (family: string, ...labels: readonly string[]) =>
    [...series]
      .filter(
        ([key]) =>
          key.split('{')[0] === `corespond_${family}` && labels.every((label) => key.includes(label)),
      )
      .reduce((total, [, value]) => total + value, 0);
  const totals = new Map(SINGLE.map(([name, , metric]) => [name, sum(metric)]));
  const outcomes = (...labels: readonly string[]) => ({
    ok: sum('commands_total', 'outcome="ok"', ...labels),
    error: sum('commands_total', 'outcome="error"', ...labels),
    rejected: sum('commands_total', 'outcome="rejected"', ...labels),
  });
  totals.set('commands', outcomes().ok + outcomes().error);
  totals.set('errors', sum('errors_total'));
  for (const key of series.keys()) {
    const [, err] = /^corespond_errors_total\{err="(.*)"\}$/.exec(key) ?? [];
    if (err !== undefined) setUnlessZero(totals, `error ${err}`, series.get(key) ?? 0);
    const [, cmd] = /^corespond_commands_total\{cmd="(.*)",outcome="ok"\}$/.exec(key) ?? [];
    // INFO knows commands of the table only.
    if (cmd === undefined || cmd === 'unknown') continue;
    const { ok, error, rejected } = outcomes(`cmd="${cmd}"`);
    setUnlessZero(totals, `calls of ${cmd}`, ok + error);
    setUnlessZero(totals, `failed ${cmd}`, error);
    setUnlessZero(totals, `rejected ${cmd}`, rejected);
  }
  return totals;
}

function setUnlessZero(totals: Map<string, number>, name: string, value: number): void {
  if (value !== 0) totals.set(name, value);
}
