import { DEGREE_METRES, degrees, distanceBetween, EARTH_RADIUS, radians } from './geo-distance.ts';

/** Degrees by which rounding may make a short cut wrong; far more than it does. */
const SLACK = 1e-6;

/** Where a search looks: a circle or a box around a place. One of these is reused for every search. */
export class GeoArea {
  /** The place in the middle, in degrees. */
  longitude = 0;
  latitude = 0;
  /** Metres from the middle to the edges east and west, and north and south. Of a circle, both are its radius. */
  halfWidth = 0;
  halfHeight = 0;
  /** Metres from the middle to the point farthest from it. */
  reach = 0;
  #isBox = false;
  #width = 0;
  #height = 0;
  /** No place farther from the middle, in degrees, is inside. */
  #longitudeReach = 0;
  #latitudeReach = 0;

  /** Looks within `radius` units of `unit` metres. */
  makeCircle(radius: number, unit: number): void {
    this.#isBox = false;
    this.reach = radius * unit;
    this.halfWidth = this.reach;
    this.halfHeight = this.reach;
  }

  /** Looks in a box whose sides are so many units of `unit` metres. */
  makeBox(width: number, height: number, unit: number): void {
    this.#isBox = true;
    this.#width = width * unit;
    this.#height = height * unit;
    this.halfWidth = unit * (width / 2);
    this.halfHeight = unit * (height / 2);
    this.reach = Math.sqrt((width / 2) * (width / 2) + (height / 2) * (height / 2)) * unit;
  }

  /** To be called before {@link distanceInside}, once everything else is set. */
  prepare(): void {
    const angle = this.halfHeight / EARTH_RADIUS;
    this.#latitudeReach = this.halfHeight / DEGREE_METRES + SLACK;
    const farthest = Math.min(Math.abs(radians(this.latitude)) + angle, Math.PI / 2);
    // A circle touches its meridians where they are not yet as close to each other as at its edge.
    const reach = this.#isBox
      ? 2 * Math.asin(Math.sin(Math.min(this.halfWidth / EARTH_RADIUS, Math.PI) / 2) / Math.cos(farthest))
      : Math.asin(Math.sin(angle) / Math.cos(radians(this.latitude)));
    const isWhole = farthest >= Math.PI / 2 || !(reach < Math.PI);
    this.#longitudeReach = isWhole ? 180 : degrees(reach) + SLACK;
  }

  /** Metres from the middle to a place; -1 if the place is outside. */
  distanceInside(longitude: number, latitude: number): number {
    if (Math.abs(latitude - this.latitude) > this.#latitudeReach) return -1;
    const east = Math.abs(longitude - this.longitude);
    if ((east > 180 ? 360 - east : east) > this.#longitudeReach) return -1;
    if (this.#isBox && !this.#boxHolds(longitude, latitude)) return -1;
    const distance = distanceBetween(this.longitude, this.latitude, longitude, latitude);
    return !this.#isBox && distance > this.reach ? -1 : distance;
  }

  #boxHolds(longitude: number, latitude: number): boolean {
    const east = distanceBetween(longitude, latitude, this.longitude, latitude);
    const north = distanceBetween(longitude, latitude, longitude, this.latitude);
    return !(east > this.#width / 2 || north > this.#height / 2);
  }
}
