import { setMaxListeners } from 'node:events';

/** Aborted when a server closes. Any number of requests and waits may listen meanwhile, which is no leak: each stops by itself. */
export function closingController(): AbortController {
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  return closing;
}
