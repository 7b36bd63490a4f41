/** The mean radius of the earth, in metres, as Redis has it. */
export const EARTH_RADIUS = 6372797.560856;
const DEGREE = Math.PI / 180;

/** Metres from one degree of latitude to the next. */
export const DEGREE_METRES = EARTH_RADIUS * DEGREE;

export const radians = (degrees: number): number => degrees * DEGREE;
export const degrees = (radians: number): number => radians / DEGREE;

/** Metres from one place to another along the great circle, by the haversine formula; the earth is a sphere for it. */
export const distanceBetween = (
  longitude1: number,
  latitude1: number,
  longitude2: number,
  latitude2: number,
): number => {
  const from = radians(latitude1);
  const to = radians(latitude2);
  const u = Math.sin((to - from) / 2);
  const v = Math.sin((radians(longitude2) - radians(longitude1)) / 2);
  return 2 * EARTH_RADIUS * Math.asin(Math.sqrt(u * u + Math.cos(from) * Math.cos(to) * v * v));
};
