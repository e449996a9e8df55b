import { randomBytes } from 'node:crypto';
import { APP_SCHEME } from './app-url';

/** Stands in index.html where the nonce of the document belongs. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/** 128 random bits, new for every document. */
export function newNonce(): string {
  return randomBytes(16).toString('base64');
}

/**
 * The policy of the page. Scripts come from the app only and nothing may be fetched: all data arrives through the
 * bridge. The nonce is for the style tags that the component library inserts.
 */
export function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' ${APP_SCHEME}:`,
    `media-src ${APP_SCHEME}:`,
    "font-src 'self'",
    "connect-src 'none'",
    "frame-src 'none'",
    "worker-src 'none'",
    "manifest-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The policy of everything that is not the page: should it ever be opened as a document, it can do nothing. */
export const INERT_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";
