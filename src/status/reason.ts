import type { Reason } from '../view/status-document.ts';

/** Clients are not served, or will not be soon. @param text a sentence without a full stop. */
export const critical = (text: string): Reason => ({ level: 'critical', text });

/** Somebody should look at it. @param text a sentence without a full stop. */
export const warning = (text: string): Reason => ({ level: 'warning', text });
