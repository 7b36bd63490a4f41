import path from 'node:path';
import type { Route } from '../http/answer.ts';
import type { StatusDocument } from '../view/status-document.ts';
import { Assets } from './assets.ts';
import { pageHtml } from './html.ts';

/** Its own files and its own server, and nothing else. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What the page is made of. */
export interface PageSources {
  /** The status now. */
  readonly document: () => StatusDocument;
  /** The folder of the compiled sources; that of this file if it is one of them. */
  readonly root?: string;
}

/** The status page. It shows what /status.json answers, and asks for it. */
export const pageRoutes = ({ document, root }: PageSources): Record<string, Route> => {
  const assets = new Assets(root ?? path.resolve(import.meta.dirname, '..'));
  return {
    '/': () => ({
      status: 200,
      type: 'text/html; charset=utf-8',
      body: pageHtml(document(), assets),
      headers: { 'Content-Security-Policy': POLICY },
    }),
    '/assets/*': assets.answer,
  };
};
