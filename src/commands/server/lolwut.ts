import { REDIS_VERSION, VERSION } from '../../config/version.ts';
import type { Call } from '../command.ts';

const WIDTH = 64;
const HEIGHT = 16;
/** From trough to crest. */
const INK = ' .:-=+*#';
/** A character is about twice as high as it is wide. */
const ASPECT = 2;

/** Every core answers: waves from a few sources at random places, and where they meet. */
const draw = (random: () => number): string => {
  const sources = Array.from({ length: 2 + Math.floor(random() * 3) }, () => ({
    x: random() * WIDTH,
    y: random() * HEIGHT,
    wave: 4 + random() * 6,
  }));
  const inkAt = (x: number, y: number) => {
    let height = 0;
    for (const source of sources) {
      const distance = Math.hypot(x - source.x, (y - source.y) * ASPECT);
      height += Math.cos((distance / source.wave) * 2 * Math.PI);
    }
    const share = (height / sources.length + 1) / 2;
    return INK[Math.min(INK.length - 1, Math.floor(share * INK.length))];
  };
  let picture = '';
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) picture += inkAt(x, y);
    picture += '\n';
  }
  return picture;
};

/** LOLWUT [VERSION version]: there is one picture, whatever version is asked for. */
export const lolwut = ({ args, reply, keyspace }: Call): void => {
  if (args.count >= 3 && args.is(1, 'VERSION')) args.integer(2);
  reply.verbatim(`${draw(keyspace.random)}\ncorespond ver. ${VERSION}, Redis ver. ${REDIS_VERSION}\n`);
};
