import { createHash, timingSafeEqual } from 'node:crypto';
import { errors } from '../../errors.ts';
import { GATE_AUTH } from '../../instance/session.ts';
import type { Call } from '../command.ts';

/** The only user there is. */
export const DEFAULT_USER = 'default';

/**
 * Lets the session in if the password is right; any password is while none is set.
 * @throws errors.wrongPass
 */
export const authenticate = ({ settings, session }: Call, user: string, password: Uint8Array): void => {
  const { requirepass } = settings.values;
  if (user !== DEFAULT_USER || (requirepass !== '' && !sameSecret(password, requirepass))) {
    throw errors.wrongPass;
  }
  session.authenticated = true;
  session.open(GATE_AUTH);
};

/** Compares digests, which are of equal length, in a time that tells nothing about where they differ. */
const sameSecret = (given: Uint8Array, secret: string): boolean =>
  timingSafeEqual(digest(given), digest(secret));

const digest = (secret: Uint8Array | string): Buffer => createHash('sha256').update(secret).digest();
