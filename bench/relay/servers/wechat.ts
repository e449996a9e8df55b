/** npm `wechat` on bare node:http: checks the signature, decrypts, parses, and answers without storing anything. */
import type { IncomingMessage } from 'node:http';
import wechat from 'wechat';
import { ACCOUNT } from '../account';
import { listen, queryOf } from './listen';

const { token, encodingAESKey, appid } = ACCOUNT;
const middleware = wechat({ token, encodingAESKey, appid }, (_request, response) => {
  response.reply('');
});

listen((request: IncomingMessage, response) => {
  // What express does before a middleware runs.
  const withQuery = Object.assign(request, { query: queryOf(request.url ?? '') });
  // The package answers without a length; one that is known saves it the chunked encoding.
  response.setHeader('content-length', 0);
  middleware(withQuery, response, (error) => {
    response.writeHead(error === undefined ? 404 : 500).end();
  });
});
