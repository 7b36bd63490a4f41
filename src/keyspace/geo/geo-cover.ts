import type { GeoArea } from './geo-area.ts';
import { degrees, EARTH_RADIUS, radians } from './geo-distance.ts';
import { interleave, latitudeCell, latitudeOf, longitudeCell, longitudeOf, MAX_STEP } from './geohash.ts';

/** Half of the earth's circumference, in metres, as the Mercator map has it. */
const MERCATOR_MAX = 20037726.37;
/** Steps are halvings of the map; the box around a search has so many bits of a geohash less than all 52. */
const SCORE_BITS = MAX_STEP * 2;

/** The directions of the boxes, [east, north], in the order in which Redis looks through them. */
const DIRECTIONS = [
  [0, 0],
  [0, 1],
  [0, -1],
  [1, 0],
  [-1, 0],
  [1, 1],
  [-1, 1],
  [1, -1],
  [-1, -1],
] as const;

/** Edges in degrees. */
interface Bounds {
  west: number;
  east: number;
  south: number;
  north: number;
}

const bounds: Bounds = { west: 0, east: 0, south: 0, north: 0 };

/**
 * The boxes of the map that together cover an area: one around its middle and those of its eight neighbours that it
 * reaches into. In each, geohashes are consecutive. One of these is reused for every search.
 */
export class GeoCover {
  /** Number of boxes. */
  count = 0;
  /** By box: the least geohash in it, and the least behind it. */
  readonly from = new Float64Array(DIRECTIONS.length);
  readonly to = new Float64Array(DIRECTIONS.length);
  #step = 0;
  #longitudeCell = 0;
  #latitudeCell = 0;

  /** Covers `area`. */
  cover(area: GeoArea): void {
    boundsOf(area);
    this.#divide(area, stepFor(area.reach, area.latitude));
    if (this.#step > 1 && !this.#reachesBounds()) this.#divide(area, this.#step - 1);
    this.count = 0;
    let before = 0;
    for (let i = 0; i < DIRECTIONS.length; i++) {
      const [east, north] = DIRECTIONS[i]!;
      if (!this.#isNeeded(east, north)) continue;
      this.#add(east, north);
      // Of a map of few boxes the neighbours to both sides are the same.
      const last = this.count - 1;
      if (before > 0 && this.from[last] === this.from[before] && this.to[last] === this.to[before])
        this.count--;
      else before = last;
    }
  }

  /** Chooses the boxes of a map of 2^step by 2^step. */
  #divide(area: GeoArea, step: number): void {
    this.#step = step;
    this.#longitudeCell = longitudeCell(area.longitude, step);
    this.#latitudeCell = latitudeCell(area.latitude, step);
  }

  /** True if no edge of the bounds lies behind the neighbours. */
  #reachesBounds(): boolean {
    const step = this.#step;
    const mask = 2 ** step - 1;
    const east = longitudeOf(((this.#longitudeCell + 1) & mask) + 1, step);
    const west = longitudeOf((this.#longitudeCell - 1) & mask, step);
    const north = latitudeOf(((this.#latitudeCell + 1) & mask) + 1, step);
    const south = latitudeOf((this.#latitudeCell - 1) & mask, step);
    return !(north < bounds.north || south > bounds.south || east < bounds.east || west > bounds.west);
  }

  /** False if the bounds end before that neighbour begins. */
  #isNeeded(east: number, north: number): boolean {
    const step = this.#step;
    if (step < 2) return true;
    if (north < 0 && latitudeOf(this.#latitudeCell, step) < bounds.south) return false;
    if (north > 0 && latitudeOf(this.#latitudeCell + 1, step) > bounds.north) return false;
    if (east < 0 && longitudeOf(this.#longitudeCell, step) < bounds.west) return false;
    return !(east > 0 && longitudeOf(this.#longitudeCell + 1, step) > bounds.east);
  }

  #add(east: number, north: number): void {
    const mask = 2 ** this.#step - 1;
    const longitude = east === 0 ? this.#longitudeCell : (this.#longitudeCell + east) & mask;
    const latitude = north === 0 ? this.#latitudeCell : (this.#latitudeCell + north) & mask;
    const scale = 2 ** (SCORE_BITS - this.#step * 2);
    this.from[this.count] = interleave(longitude, latitude) * scale;
    this.to[this.count] = interleave(longitude, latitude, 1) * scale;
    this.count++;
  }
}

/** Writes to {@link bounds} the box of degrees around an area. */
const boundsOf = (area: GeoArea): void => {
  const north = degrees(area.halfHeight / EARTH_RADIUS);
  // A degree of longitude is shortest at the edge that is nearer to the pole.
  const edge = area.latitude < 0 ? area.latitude - north : area.latitude + north;
  const east = degrees(area.halfWidth / EARTH_RADIUS / Math.cos(radians(edge)));
  bounds.west = area.longitude - east;
  bounds.east = area.longitude + east;
  bounds.south = area.latitude - north;
  bounds.north = area.latitude + north;
};

/** How often the map must be halved so that nine of its boxes cover what is `reach` metres around a latitude. */
const stepFor = (reach: number, latitude: number): number => {
  if (reach === 0) return MAX_STEP;
  let step = -1;
  for (let covered = reach; covered < MERCATOR_MAX; covered *= 2) step++;
  const fromEquator = Math.abs(latitude);
  if (fromEquator > 66) step--;
  if (fromEquator > 80) step--;
  return Math.min(Math.max(step, 1), MAX_STEP);
};
