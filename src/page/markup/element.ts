/** An element as data: the server writes it as text, and the browser makes the page like it. */
export interface Markup {
  readonly tag: string;
  /** `data-key` says among siblings which is which. */
  readonly attributes: Readonly<Record<string, string>>;
  /** No two texts follow one another, and none is empty: in a document they would not be told apart. */
  readonly children: readonly Content[];
}

/** What is in an element: another one, or text. */
export type Content = Markup | string;

/** An element; children that are empty texts are left out. */
export const element = (
  tag: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly Content[]
): Markup => ({ tag, attributes, children: children.filter((child) => child !== '') });
