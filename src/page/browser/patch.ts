import type { Content, Markup } from '../markup/element.ts';
import { setAttribute } from './dom.ts';

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Makes an element of the page like its description. What is alike already is not touched, so that a selection, the
 * focus and the place to which something is scrolled stay.
 */
export const patch = (node: Element, { attributes, children }: Markup): void => {
  patchAttributes(node, attributes);
  const keyed = children.some((child) => keyOf(child) !== undefined);
  if (keyed) patchKeyed(node, children as readonly Markup[]);
  else patchInPlace(node, children);
};

const patchAttributes = (node: Element, wanted: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(wanted)) {
    setAttribute(node, name, value);
  }
  for (const name of node.getAttributeNames()) {
    if (!Object.hasOwn(wanted, name)) node.removeAttribute(name);
  }
};

/** Child by child, by position. */
const patchInPlace = (node: Element, wanted: readonly Content[]): void => {
  wanted.forEach((content, i) => {
    const found = node.childNodes[i];
    if (found === undefined) node.append(made(node, content));
    else if (!becomes(found, content)) found.replaceWith(made(node, content));
  });
  while (node.childNodes.length > wanted.length) node.lastChild?.remove();
};

/** Child by child, by key: what has a new place is moved, not made anew. */
const patchKeyed = (node: Element, wanted: readonly Markup[]): void => {
  const known = new Map(
    [...node.children].map((child) => [child.getAttribute('data-key') ?? undefined, child]),
  );
  const kept = new Set<Node>();
  let place = node.firstChild;
  for (const markup of wanted) {
    const key = keyOf(markup);
    const found = known.get(key);
    known.delete(key);
    const child = found !== undefined && becomes(found, markup) ? found : made(node, markup);
    if (child === place) place = place.nextSibling;
    else node.insertBefore(child, place);
    kept.add(child);
  }
  for (const child of [...node.childNodes]) if (!kept.has(child)) child.remove();
};

/** Makes a node like its description if it is of the same kind. */
const becomes = (node: Node, content: Content): boolean => {
  if (typeof content === 'string') {
    if (!(node instanceof Text)) return false;
    if (node.data !== content) node.data = content;
    return true;
  }
  if (!(node instanceof Element) || node.localName !== content.tag) return false;
  patch(node, content);
  return true;
};

const made = (parent: Element, content: Content): Element | Text => {
  if (typeof content === 'string') return document.createTextNode(content);
  const drawing = content.tag === 'svg' || parent.namespaceURI === SVG;
  const node = drawing ? document.createElementNS(SVG, content.tag) : document.createElement(content.tag);
  patch(node, content);
  return node;
};

const keyOf = (content: Content): string | undefined =>
  typeof content === 'string' ? undefined : content.attributes['data-key'];
