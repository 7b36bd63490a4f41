import type { Page } from 'playwright-core';

/** What a chart's canvas shows. */
export interface Drawing {
  readonly chart: string;
  readonly width: number;
  /** How many pixels are not blank. */
  readonly inked: number;
  /** The same as long as the picture is. */
  readonly pixels: string;
}

/** The charts of a page, from top to bottom. */
export function drawings(page: Page): Promise<Drawing[]> {
  return page.evaluate<Drawing[]>(`[...document.querySelectorAll('.chart canvas')].map((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let inked = 0;
    for (let i = 3; i < data.length; i += 4) if (data[i] > 0) inked++;
    const chart = canvas.closest('.chart').id.replace('chart-', '');
    return { chart, width: canvas.width, inked, pixels: canvas.toDataURL() };
  })`);
}

/** Whether a chart has pixels in a colour of the style sheet. */
export function isDrawnIn(page: Page, chart: string, colour: string): Promise<boolean> {
  return page.evaluate<boolean>(`(() => {
    const hex = getComputedStyle(document.documentElement).getPropertyValue('${colour}').trim();
    const wanted = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
    const canvas = document.querySelector('#chart-${chart} canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] === 255 && wanted.every((value, c) => Math.abs(data[i + c] - value) <= 3)) return true;
    }
    return false;
  })()`);
}
