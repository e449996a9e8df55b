declare module 'co-wechat-api' {
  export default class API {
    constructor(appid: string, appsecret: string);
    /** Where the paths of `cgi-bin` begin, with a slash at the end. */
    prefix: string;
    /** Options of each request, such as its agent. */
    setOpts(options: object): void;
    getFollowers(nextOpenid?: string): Promise<{
      total: number;
      count: number;
      data: { openid: string[] };
      next_openid: string;
    }>;
    batchGetUsers(
      openids: readonly string[],
    ): Promise<{ user_info_list: { openid: string; subscribe: number }[] }>;
    sendText(openid: string, text: string): Promise<{ errcode: number; errmsg: string }>;
  }
}
