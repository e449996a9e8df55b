/** WeChat's published example: an envelope holding a JSON event. */
export const VECTOR_A = {
  token: 'AAAAA',
  encodingAESKey: 'A'.repeat(43),
  appid: 'wxba5fad812f8e6fb9',
  timestamp: '1714112445',
  nonce: '415670741',
  msgSignature: '046e02f8204d34f8ba5fa3b1db94908f3df2e9b3',
  encrypt:
    '+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=',
};

/** An envelope with known random bytes around a Chinese text message. */
export const VECTOR_B = {
  token: 'relaytoken2026',
  encodingAESKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  appid: 'wx0123456789abcdef',
  timestamp: '1700000000',
  nonce: '987654321',
  random: '0123456789abcdef',
  message:
    '<xml><ToUserName><![CDATA[gh_0123456789ab]]></ToUserName><FromUserName><![CDATA[oUser0000000000000000000001]]></FromUserName><CreateTime>1700000000</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[你好]]></Content><MsgId>24000000000000001</MsgId></xml>',
  encrypt:
    'Q3stYC6hdFzMh9T8HCvyDEyyIo7SrfCU7qIY00FhmKzxLhwDU4yRHtC29SoooV3tqzu845Di3fJxjyUD+4kbEMrgphd5dT44Jp2aevb8qvg2j0HMJqLFFZoTjsqGIgIbFSM4Xw10i8UZLTggTI3kK3H82m/MMcapEApr07BHDDfB6Yst8NFzpKvu2pkZbBBkcGjRxoE0gWzc+5I6TNmb2ySQf2n1T9YJGIG0/rIvWyNs0NCVpovlxab0Bpytuoq6WOWJy01AIH9y8tU1Nx6akyr+zQLNTJWMLV0+zOTw7sPJspU9ghjwpBWtHW5VtfmVho2blUm8HoM7NKP3+x7YyI72bkhGarP7MnZPBgnHhOLnCFTBoxQZm5ynfXbt52LQtSk4nHFhp8qng4i8GHX6ph1N+9xF0zJme1XkFGo0OEw=',
  msgSignature: '61a968f7f3807224eb531c3de8d7ecac0bc0cc36',
};
