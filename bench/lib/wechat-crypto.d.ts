declare module 'wechat-crypto' {
  export default class WXBizMsgCrypt {
    constructor(token: string, encodingAESKey: string, appid: string);
    getSignature(timestamp: string, nonce: string, encrypt: string): string;
    decrypt(encrypt: string): { message: string; id: string };
    encrypt(text: string): string;
  }
}
