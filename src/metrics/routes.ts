import { plain, type Route } from '../http/answer.ts';

/** What the answers are made of. */
export interface MetricsSources {
  readonly exporter: { readonly contentType: string; render(): Promise<string> };
  /** Why clients cannot be served now, one line each; empty if they can. */
  readonly problems: () => readonly string[];
}

/** What scrapers and load balancers ask for. It is answered from memory, so a process that hangs cannot make it wait. */
export const metricsRoutes = ({ exporter, problems }: MetricsSources): Record<string, Route> => ({
  '/metrics': async () => ({ status: 200, type: exporter.contentType, body: await exporter.render() }),
  '/healthz': () => plain(200, 'ok'),
  '/readyz': () => {
    const found = problems();
    return found.length === 0 ? plain(200, 'ready') : plain(503, found.join('\n'));
  },
});
