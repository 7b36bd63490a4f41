import type { StatusDocument } from '../../../src/view/status-document.ts';

/** A document with what is later of its history only, as the server answers it. */
export const documentSince = (document: StatusDocument, moment: number): StatusDocument => {
  const { history } = document;
  const first = history.times.findIndex((at) => at > moment);
  const cut = <T>(values: readonly T[]): T[] => (first === -1 ? [] : values.slice(first));
  const cutAll = (columns: Readonly<Record<string, ReadonlyArray<number | null>>>) =>
    Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, cut(values)]));
  return {
    ...document,
    history: {
      interval: history.interval,
      times: cut(history.times),
      commandsPerSecond: cutAll(history.commandsPerSecond),
      p50: cut(history.p50),
      p99: cut(history.p99),
      clients: cut(history.clients),
      bytesInPerSecond: cut(history.bytesInPerSecond),
      bytesOutPerSecond: cut(history.bytesOutPerSecond),
      utilisation: cutAll(history.utilisation),
    },
  };
};
