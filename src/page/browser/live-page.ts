import { clockTime } from '../../view/clock-time.ts';
import { formatAge } from '../../view/format.ts';
import type { Level, StatusDocument } from '../../view/status-document.ts';
import { viewOf } from '../../view/status-view.ts';
import type { Markup } from '../markup/element.ts';
import { type Regions, regionsOf, titleOf } from '../markup/regions.ts';
import { find, setAttribute, setText } from './dom.ts';
import { patch } from './patch.ts';
import { Scrollers } from './scrollers.ts';

/** The page but for its charts: shows the newest status, or that there is none. */
export class LivePage {
  readonly #live = find('#live');
  readonly #lost = find('#lost');
  readonly #lostFor = find('#lost-for');
  readonly #lostSince = find('#lost-since');
  readonly #lostVerdict = find('#lost-verdict');
  readonly #icon = find('link[rel=icon]');
  readonly #title = find('title');
  readonly #scrollers = new Scrollers();
  #moment = '';
  #version: string | undefined;

  constructor() {
    // When it is wanted there is nobody to ask for it.
    new Image().src = this.#iconOf('critical');
  }

  show(status: StatusDocument): void {
    this.#version ??= status.server.version;
    // Another version may have another page.
    if (status.server.version !== this.#version) location.reload();
    const view = viewOf(status);
    const regions = regionsOf(view, (id) => this.#scrollers.has(id));
    for (const region of allOf(regions)) patch(find(`#${region.attributes.id}`), region);
    setText(this.#title, titleOf(view));
    this.#showLevel(view.level);
    this.#moment = clockTime(status.now);
    setText(this.#lostVerdict, view.headline);
    setText(this.#live, `live, ${this.#moment}`);
    this.#setLost(false);
  }

  /** Says that what is shown is no longer so. */
  showSilence(seconds: number): void {
    setText(this.#title, 'No answer · corespond');
    setText(this.#live, this.#moment === '' ? 'not live' : `as of ${this.#moment}`);
    setText(this.#lostFor, formatAge(seconds));
    if (this.#moment !== '') setText(this.#lostSince, this.#moment);
    this.#showLevel('critical');
    this.#setLost(true);
  }

  #setLost(lost: boolean): void {
    if (this.#lost.hidden === lost) this.#lost.hidden = !lost;
    document.body.classList.toggle('is-live', !lost);
    document.body.classList.toggle('is-lost', lost);
  }

  /** The icon in the browser's tab. */
  #showLevel(level: Level): void {
    setAttribute(this.#icon, 'href', this.#iconOf(level));
  }

  #iconOf(level: Level): string {
    const href = this.#icon.getAttribute('href') ?? '';
    return href.replace(/[a-z]+\.svg$/, `${level}.svg`);
  }
}

const allOf = ({ about, verdict, figures, meters, tables }: Regions): Markup[] => [
  about,
  verdict,
  figures,
  meters,
  ...tables,
];
