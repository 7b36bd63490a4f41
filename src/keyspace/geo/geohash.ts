/** The coordinates that have a geohash, in degrees; the latitudes are those of the square Web Mercator map. */
export const LONGITUDE_MAX = 180;
export const LATITUDE_MAX = 85.05112878;
/** Bits of each coordinate in the geohash that a sorted set keeps as a score. */
export const MAX_STEP = 26;

const LONGITUDE_SPAN = LONGITUDE_MAX * 2;
const LATITUDE_SPAN = LATITUDE_MAX * 2;
const LAST_CELL = 2 ** MAX_STEP - 1;
/** A geohash is put together from halves of so many bits. */
const HALF_BITS = 13;
const HALF_MASK = (1 << HALF_BITS) - 1;
const HALF = 2 ** (HALF_BITS * 2);
/** What a 32-bit word counts in a geohash, and what half of one does. */
const WORD = 2 ** 32;
const HALF_WORD = 2 ** 16;
/** All geohashes are less, but for those of places on the eastern and northern edges. */
const GEOHASHES = 2 ** (MAX_STEP * 2);

const ALPHABET = '0123456789bcdefghjkmnpqrstuvwxyz';
const TEXT_LENGTH = 11;
/** Letters that 52 bits are enough for. */
const FULL_LETTERS = 10;

/** A place on earth, in degrees. */
export interface Position {
  longitude: number;
  latitude: number;
}

/** Moves the bits of a number of up to 14 bits to the even places. */
const spread = (value: number): number => {
  let bits = (value | (value << 8)) & 0x00ff00ff;
  bits = (bits | (bits << 4)) & 0x0f0f0f0f;
  bits = (bits | (bits << 2)) & 0x33333333;
  return (bits | (bits << 1)) & 0x55555555;
};

/** The bits at the even places of a 32-bit number. */
const gather = (word: number): number => {
  let bits = word & 0x55555555;
  bits = (bits | (bits >>> 1)) & 0x33333333;
  bits = (bits | (bits >>> 2)) & 0x0f0f0f0f;
  bits = (bits | (bits >>> 4)) & 0x00ff00ff;
  return (bits | (bits >>> 8)) & 0xffff;
};

/**
 * The bits of the two cell numbers by turns, the longitude's first, plus `more`. Exact up to 2^53; beyond, where only
 * places on the eastern and northern edges are, rounded to a double once.
 */
export const interleave = (longitudeCell: number, latitudeCell: number, more = 0): number => {
  const low = spread(latitudeCell & HALF_MASK) | (spread(longitudeCell & HALF_MASK) << 1);
  const highLatitude = spread(latitudeCell >>> HALF_BITS);
  const highLongitude = spread(longitudeCell >>> HALF_BITS);
  return (highLongitude * 2 + highLatitude) * HALF + (low + more);
};

/** Powers of two by exponent: `**` takes ten times as long. */
const POWERS = Float64Array.from({ length: MAX_STEP + 1 }, (_, exponent) => 2 ** exponent);

/** The number of the cell in which a longitude lies, of 2^step from west to east. The eastern edge is a cell behind. */
export const longitudeCell = (longitude: number, step: number): number =>
  Math.floor(((longitude + LONGITUDE_MAX) / LONGITUDE_SPAN) * POWERS[step]!);

/** The number of the cell in which a latitude lies, of 2^step from south to north. */
export const latitudeCell = (latitude: number, step: number): number =>
  Math.floor(((latitude + LATITUDE_MAX) / LATITUDE_SPAN) * POWERS[step]!);

/** The western edge of a cell. */
export const longitudeOf = (cell: number, step: number): number =>
  -LONGITUDE_MAX + (cell / POWERS[step]!) * LONGITUDE_SPAN;

/** The southern edge of a cell. */
export const latitudeOf = (cell: number, step: number): number =>
  -LATITUDE_MAX + (cell / POWERS[step]!) * LATITUDE_SPAN;

/** The geohash of a place, as sorted sets keep it. */
export const geohashOf = (longitude: number, latitude: number): number =>
  interleave(longitudeCell(longitude, MAX_STEP), latitudeCell(latitude, MAX_STEP));

/** Writes to `position` the middle of the cell that a score is the geohash of; scores that are none yield some place. */
export const locate = (score: number, position: Position): void => {
  const isGeohash = score >= 0 && score < GEOHASHES;
  const high = isGeohash ? Math.floor(score / WORD) : highWord(score);
  const low = isGeohash ? score >>> 0 : lowWord(score);
  const latitude = gather(low) + gather(high) * HALF_WORD;
  const longitude = gather(low >>> 1) + gather(high >>> 1) * HALF_WORD;
  const west = longitudeOf(longitude, MAX_STEP);
  const east = longitudeOf((longitude + 1) >>> 0, MAX_STEP);
  const south = latitudeOf(latitude, MAX_STEP);
  const north = latitudeOf((latitude + 1) >>> 0, MAX_STEP);
  position.longitude = within(LONGITUDE_MAX, (west + east) / 2);
  position.latitude = within(LATITUDE_MAX, (south + north) / 2);
};

const within = (max: number, value: number): number => Math.min(Math.max(value, -max), max);

/** The low word of the 64-bit unsigned integer that C makes of a double on x86. */
const lowWord = (value: number): number =>
  value > -(2 ** 63) && value < 2 ** 64 ? Math.trunc(value) >>> 0 : 0;

/** The high word of that integer. */
const highWord = (value: number): number => {
  const whole = Math.trunc(value);
  if (whole < -(2 ** 63)) return 0x80000000;
  return whole < 2 ** 64 ? Math.floor(whole / 2 ** 32) >>> 0 : 0;
};

/** The standard geohash of a place, of 11 letters, the last of which says nothing. */
export const geohashText = ({ longitude, latitude }: Position): string => {
  const step = 2 ** MAX_STEP;
  // The standard divides all latitudes from pole to pole.
  const bits = interleave(
    Math.floor(((longitude + 180) / 360) * step) & LAST_CELL,
    Math.floor(((latitude + 90) / 180) * step) & LAST_CELL,
  );
  let text = '';
  for (let i = 1; i <= FULL_LETTERS; i++) text += ALPHABET[Math.floor(bits / 2 ** (52 - i * 5)) % 32];
  return text.padEnd(TEXT_LENGTH, ALPHABET[0]);
};
