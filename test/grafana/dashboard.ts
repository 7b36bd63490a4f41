/** The parts of Grafana's classic dashboard that tests look at. */
export interface Dashboard {
  readonly id: number | null;
  readonly uid: string;
  readonly schemaVersion: number;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly Variable[] };
  readonly annotations: { readonly list: readonly Annotation[] };
  readonly __inputs?: unknown;
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: Box;
  readonly datasource?: DatasourceReference;
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
  readonly targets?: readonly Target[];
  /** The panels of a row that is collapsed. */
  readonly panels?: readonly Panel[];
}

/** A place on the grid, which is 24 columns wide. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface Target {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat?: string;
}

export interface DatasourceReference {
  readonly type: string;
  readonly uid: string;
}

export interface Variable {
  readonly name: string;
  readonly type: string;
  readonly query: string | { readonly query: string };
  readonly multi?: boolean;
  readonly includeAll?: boolean;
}

export interface Annotation {
  readonly name: string;
  readonly expr?: string;
  readonly titleFormat?: string;
}

/** One query, with what it is for. */
export interface Query {
  readonly where: string;
  readonly expr: string;
  /** Shown for each series; `{{label}}` stands for a label of it. */
  readonly legend: string;
}

/** All panels, those in collapsed rows included. */
export function panelsOf({ panels }: Pick<Dashboard, 'panels'>): Panel[] {
  return panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]);
}

/** All queries, those of annotations included. */
export function queriesOf(dashboard: Dashboard): Query[] {
  const shown = panelsOf(dashboard).flatMap(({ title, targets = [] }) =>
    targets.map(({ refId, expr, legendFormat = '' }) => ({
      where: `${title} ${refId}`,
      expr,
      legend: legendFormat,
    })),
  );
  const marks = dashboard.annotations.list.flatMap(({ name, expr, titleFormat = '' }) =>
    expr === undefined ? [] : [{ where: `annotation ${name}`, expr, legend: titleFormat }],
  );
  return [...shown, ...marks];
}
