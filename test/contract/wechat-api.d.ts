declare module 'wechat-api' {
  type Done<T> = (error: (Error & { readonly code?: number }) | null, answer: T) => void;
  export default class API {
    constructor(appid: string, appsecret: string);
    /** Origin of WeChat's API. */
    endpoint: string;
    getLatestToken(done: Done<{ readonly accessToken: string; readonly expireTime: number }>): void;
    getFollowers(done: Done<{ total: number; count: number; data: { openid: string[] } }>): void;
  }
}
