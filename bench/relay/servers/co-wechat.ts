/** npm `co-wechat` on bare node:http: checks the signature, decrypts, parses, and answers without storing anything. */
import wechat from 'co-wechat';
import { ACCOUNT } from '../account';
import { listen, queryOf } from './listen';

const { token, encodingAESKey, appid } = ACCOUNT;
const middleware = wechat({ token, encodingAESKey, appid }).middleware(() => Promise.resolve(''));

listen((request, response) => {
  // The part of koa's context that the package uses.
  const context = {
    query: queryOf(request.url ?? ''),
    method: request.method ?? '',
    req: request,
    request: { length: request.headers['content-length'] ?? '', charset: 'utf-8' },
    status: 200,
    body: '',
    type: '',
  };
  middleware(context, () => Promise.resolve()).then(
    () => {
      response
        .writeHead(context.status, { 'content-length': Buffer.byteLength(context.body) })
        .end(context.body);
    },
    () => {
      response.writeHead(500, { 'content-length': 0 }).end();
    },
  );
});
