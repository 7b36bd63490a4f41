import { processName } from '../../view/names.ts';
import type { History, Series } from '../../view/status-document.ts';
import { mean, type Reduction, worst } from './timeline.ts';

/** So many workers have a line of their own; of more nobody could tell which is which. */
const MOST = 8;
const KEYSPACE = 'keyspace';

/** How busy the event loops are, by the names that people know: each, or of many workers the busiest and the mean. */
export const loopLines = ({
  utilisation,
}: Pick<History, 'utilisation'>): ReadonlyArray<readonly [name: string, values: Series]> => {
  const all = Object.entries(utilisation);
  const workers = all.filter(([name]) => name !== KEYSPACE).map(([, series]) => series);
  if (workers.length <= MOST) return all.map(([name, series]) => [processName(name), series]);
  return [
    ['busiest worker', across(workers, worst)],
    [`mean of ${workers.length} workers`, across(workers, mean)],
    ...all.filter(([name]) => name === KEYSPACE),
  ];
};

const across = (all: readonly Series[], reduce: Reduction): Series =>
  (all[0] ?? []).map((_, i) => {
    const known = all.map((series) => series[i] ?? null).filter((value) => value !== null);
    return known.length === 0 ? null : reduce(known);
  });
