/*
 * For the compiler only: browsers cannot find a package by its name, so the server answers this path with uPlot's own
 * file (page/assets.ts).
 */
export { default } from 'uplot';
