import type { Level, StatusEvent } from '../../view/status-document.ts';
import type { Theme } from './theme.ts';
import type uPlot from './uplot.ts';

const SEVERITY: readonly Level[] = ['ok', 'warning', 'critical'];
/** How near the pointer must be, in pixels. */
const NEAR = 5;
/** Lines are quieter than their signs, and what sets them off is quieter still. */
const LINE_OPACITY = 0.6;
const EDGE_OPACITY = 0.4;
/** Half the size of a sign, in pixels. */
const SIGN = 3.5;

/** Events as they are marked, the worst last: it is drawn over the others. */
export const markedOf = (events: readonly StatusEvent[]): StatusEvent[] =>
  events.toSorted((one, other) => SEVERITY.indexOf(one.level) - SEVERITY.indexOf(other.level));

/** Draws a thin line for each event, with the sign of its level on top: the one that it has in the table of events. */
export const drawMarks = (plot: uPlot, marked: readonly StatusEvent[], theme: Theme): void => {
  const { ctx, bbox } = plot;
  const dot = devicePixelRatio;
  ctx.save();
  for (const { at, level } of marked) {
    const x = Math.round(plot.valToPos(at / 1000, 'x', true));
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    // The ground on both sides sets the line off from what is filled below it.
    ctx.globalAlpha = EDGE_OPACITY;
    ctx.fillStyle = theme.ground;
    ctx.fillRect(x - dot, bbox.top, 3 * dot, bbox.height);
    ctx.globalAlpha = LINE_OPACITY;
    ctx.fillStyle = theme.tone(level);
    ctx.fillRect(x, bbox.top, dot, bbox.height);
    ctx.globalAlpha = 1;
    fillSign(ctx, level, x + dot / 2, bbox.top - SIGN * dot, SIGN * dot);
  }
  ctx.restore();
};

/** The event at the pointer; undefined if there is none. */
export const pointedMark = (plot: uPlot, marked: readonly StatusEvent[]): StatusEvent | undefined => {
  const { left = -1 } = plot.cursor;
  if (left < 0) return undefined;
  const distance = ({ at }: StatusEvent): number => Math.abs(plot.valToPos(at / 1000, 'x') - left);
  return marked.findLast((event) => distance(event) <= NEAR);
};

const fillSign = (ctx: CanvasRenderingContext2D, level: Level, x: number, y: number, half: number): void => {
  ctx.beginPath();
  if (level === 'critical') {
    ctx.rect(x - half, y - half, 2 * half, 2 * half);
  } else if (level === 'warning') {
    ctx.moveTo(x, y - half);
    ctx.lineTo(x + half, y + half);
    ctx.lineTo(x - half, y + half);
  } else {
    ctx.arc(x, y, half * 0.6, 0, 2 * Math.PI);
  }
  ctx.fill();
};
