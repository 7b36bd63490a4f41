import type { StatusDocument } from '../view/status-document.ts';
import { viewOf } from '../view/status-view.ts';
import { chartFrames } from './markup/chart-frames.ts';
import type { Content } from './markup/element.ts';
import { regionsOf, titleOf } from './markup/regions.ts';

/** The files that the page names. */
export interface PageFiles {
  /** Where they are. */
  readonly base: string;
  readonly scripts: readonly string[];
}

const STYLES = ['uplot', 'theme', 'page', 'verdict', 'now', 'charts', 'tables', 'columns'] as const;
/** Without JavaScript the page is loaded anew after so many seconds. */
const RELOAD = 10;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it stands in HTML, between tags or in a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '');

/** HTML without a space that is not in the text: the browser compares it child by child. */
export const htmlOf = (content: Content): string => {
  if (typeof content === 'string') return escapeHtml(content);
  const { tag, attributes, children } = content;
  const said = Object.entries(attributes).map(([name, value]) => ` ${name}="${escapeHtml(value)}"`);
  return `<${tag}${said.join('')}>${children.map(htmlOf).join('')}</${tag}>`;
};

/** The whole page, complete without a script. */
export const pageHtml = (status: StatusDocument, files: PageFiles): string => {
  const view = viewOf(status);
  const { about, verdict, figures, meters, tables } = regionsOf(view);
  return `<!doctype html>
<html lang="en">
<head>
${head(titleOf(view), view.level, files)}
</head>
<body>
<header class="top">
<div class="brand">${LOGO}<h1>corespond</h1></div>
${htmlOf(about)}
<p id="live" class="live">as of ${new Date(status.now).toISOString().slice(0, 19).replace('T', ' ')} UTC</p>
</header>
<main>
${lost(view.headline)}
${htmlOf(verdict)}
<section class="panel now" aria-labelledby="now-title">
<h2 id="now-title" class="unseen">Now</h2>
${htmlOf(figures)}
${htmlOf(meters)}
</section>
<noscript><p class="remark">The charts of the last 15 minutes need JavaScript. All else is here, and is loaded anew every ${RELOAD} seconds.</p></noscript>
<section class="past" aria-labelledby="past-title">
<div class="past-head"><h2 id="past-title">Last 15 minutes</h2><p>Upright lines are <a href="#events">events</a></p></div>
<div class="charts">${chartFrames().map(htmlOf).join('')}</div>
</section>
<div class="tables">${tables.map(htmlOf).join('')}</div>
</main>
<footer>
<p>For programs</p>
<ul>${LINKS}</ul>
</footer>
</body>
</html>
`;
};

const head = (title: string, level: string, { base, scripts }: PageFiles): string =>
  [
    '<meta charset="utf-8">',
    `<title>${escapeHtml(title)}</title>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<link rel="icon" type="image/svg+xml" href="${base}/page/browser/${level}.svg">`,
    ...STYLES.map((name) => `<link rel="stylesheet" href="${base}/page/browser/${name}.css">`),
    ...scripts.map((script) => `<link rel="modulepreload" href="${script}">`),
    `<script type="module" src="${base}/page/browser/main.js"></script>`,
    `<noscript><meta http-equiv="refresh" content="${RELOAD}"></noscript>`,
  ].join('\n');

/** Four bars that grow: cores at work. */
const LOGO =
  '<svg class="logo" viewBox="0 0 24 24" aria-hidden="true"><rect x="1" y="13" width="4" height="10" rx="1.5"/><rect x="7" y="8" width="4" height="15" rx="1.5"/><rect x="13" y="11" width="4" height="12" rx="1.5"/><rect x="19" y="1" width="4" height="22" rx="1.5"/></svg>';

/** Shown by the browser. What counts the seconds is not in what is announced. */
const lost = (
  headline: string,
): string => `<section id="lost" class="verdict" data-level="critical" aria-label="Connection" hidden>
<svg class="shape" viewBox="0 0 24 24" aria-hidden="true"><path class="outline" d="M12 1.5a10.5 10.5 0 1 0 0 21a10.5 10.5 0 1 0 0-21z"/><path class="mark" d="M8 8l8 8M16 8l-8 8"/></svg>
<div role="alert"><h2>The server does not answer</h2></div>
<p class="assurance">No answer for <span id="lost-for">0 s</span>. What follows was so at <span id="lost-since">an earlier time</span>, when the verdict was “<span id="lost-verdict">${escapeHtml(headline)}</span>”. Asking until it answers.</p>
</section>`;

const LINKS = [
  ['/metrics', 'metrics for Prometheus'],
  ['/status.json', 'what this page shows'],
  ['/healthz', 'does it live'],
  ['/readyz', 'does it serve'],
]
  .map(([path, what]) => `<li><a href="${path}">${path}</a> <span>${what}</span></li>`)
  .join('');
