/** States of a server. */
export type Scenario = 'ok' | 'warning' | 'critical' | 'unknown' | 'many' | 'hostile' | 'idle';

/** A text that does harm where it is taken for HTML. */
export const HOSTILE = `<script>document.title='owned'</script><img src=x onerror="document.title='owned'">&"'`;

/** The slots of its workers. */
export const workersOf = (scenario: Scenario): string[] =>
  Array.from({ length: scenario === 'many' ? 16 : 4 }, (_, i) => String(i));
