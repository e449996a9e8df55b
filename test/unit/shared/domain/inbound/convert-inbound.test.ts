import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/app-error';
import { convertInbound } from '#shared/domain/inbound/convert-inbound';
import type { XmlNode } from '#shared/domain/inbound/xml-node';
import type { EventContent, InboundContent, InboundMessage } from '#shared/domain/message';

const parser = new XMLParser({ parseTagValue: false, trimValues: false });
const OPENID = 'oUser0000000000000000000001';

function push(msgType: string, body: string): string {
  return `<xml><ToUserName><![CDATA[gh_0123456789ab]]></ToUserName><FromUserName><![CDATA[${OPENID}]]></FromUserName><CreateTime>1700000000</CreateTime><MsgType><![CDATA[${msgType}]]></MsgType>${body}</xml>`;
}

function convertXml(xml: string): InboundMessage {
  return convertInbound(parser.parse(xml) as XmlNode, xml);
}

const message = (msgType: string, body: string) =>
  convertXml(push(msgType, `${body}<MsgId>24000000000000001</MsgId>`));
const event = (body: string) => convertXml(push('event', body));

function eventContent(body: string): EventContent {
  const { content } = event(body);
  if (content.kind !== 'event') throw new Error(content.kind);
  return content.event;
}

describe('messages of followers', () => {
  const samples: [string, string, InboundContent][] = [
    ['text', '<Content><![CDATA[hello]]></Content>', { kind: 'text', text: 'hello' }],
    [
      'text',
      '<Content><![CDATA[满意]]></Content><bizmsgmenuid>101</bizmsgmenuid>',
      { kind: 'text', text: '满意', menuItemId: '101' },
    ],
    [
      'image',
      '<PicUrl><![CDATA[http://mmbiz.qpic.cn/sz_mmbiz_jpg/abc/0]]></PicUrl><MediaId><![CDATA[M1]]></MediaId>',
      { kind: 'image', mediaId: 'M1', picUrl: 'http://mmbiz.qpic.cn/sz_mmbiz_jpg/abc/0' },
    ],
    [
      'voice',
      '<MediaId><![CDATA[M2]]></MediaId><Format><![CDATA[amr]]></Format><Recognition><![CDATA[]]></Recognition><MediaId16K><![CDATA[M2b]]></MediaId16K>',
      { kind: 'voice', mediaId: 'M2', format: 'amr', mediaId16k: 'M2b' },
    ],
    [
      'voice',
      '<MediaId><![CDATA[M2]]></MediaId><Format><![CDATA[amr]]></Format><Recognition><![CDATA[今天营业吗]]></Recognition>',
      { kind: 'voice', mediaId: 'M2', format: 'amr', recognition: '今天营业吗' },
    ],
    [
      'video',
      '<MediaId><![CDATA[M3]]></MediaId><ThumbMediaId><![CDATA[T3]]></ThumbMediaId>',
      { kind: 'video', mediaId: 'M3', thumbMediaId: 'T3', short: false },
    ],
    [
      'shortvideo',
      '<MediaId><![CDATA[M4]]></MediaId><ThumbMediaId><![CDATA[T4]]></ThumbMediaId>',
      { kind: 'video', mediaId: 'M4', thumbMediaId: 'T4', short: true },
    ],
    [
      'location',
      '<Location_X>23.134521</Location_X><Location_Y>113.358803</Location_Y><Scale>20</Scale><Label><![CDATA[广州市天河区]]></Label>',
      { kind: 'location', latitude: 23.134521, longitude: 113.358803, scale: 20, label: '广州市天河区' },
    ],
    [
      'link',
      '<Title><![CDATA[标题]]></Title><Description><![CDATA[描述]]></Description><Url><![CDATA[https://mp.weixin.qq.com/s/x]]></Url>',
      { kind: 'link', title: '标题', description: '描述', url: 'https://mp.weixin.qq.com/s/x' },
    ],
    [
      'miniprogrampage',
      '<Title><![CDATA[卡片]]></Title><AppId><![CDATA[wx1234567890abcdef]]></AppId><PagePath><![CDATA[pages/index?a=1]]></PagePath><ThumbUrl><![CDATA[http://…]]></ThumbUrl><ThumbMediaId><![CDATA[T5]]></ThumbMediaId>',
      {
        kind: 'miniprogram',
        title: '卡片',
        appId: 'wx1234567890abcdef',
        pagePath: 'pages/index?a=1',
        thumbUrl: 'http://…',
        thumbMediaId: 'T5',
      },
    ],
  ];
  it.each(samples)('[S1.14] reads a %s', (msgType, body, content) => {
    expect(message(msgType, body).content).toEqual(content);
  });

  it('keeps the whole text as it was written, spaces and lines included', () => {
    expect(message('text', '<Content><![CDATA[  a\n b ]]></Content>').content).toEqual({
      kind: 'text',
      text: '  a\n b ',
    });
  });

  it('reads plain nodes like CDATA, and ids beyond 2^53 without loss', () => {
    const read = convertXml(
      '<xml><MsgId>9223372036854775807</MsgId><Content>hi</Content><MsgType>TEXT</MsgType><CreateTime>1700000000</CreateTime><FromUserName>oUser1</FromUserName><ToUserName>gh_1</ToUserName></xml>',
    );
    expect(read).toMatchObject({
      toUserName: 'gh_1',
      fromUserName: 'oUser1',
      createTime: 1700000000,
      msgId: '9223372036854775807',
      dedupeKey: 'message|9223372036854775807',
      content: { kind: 'text', text: 'hi' },
    });
  });

  it('keeps a type that it does not know, raw', () => {
    const xml = push('file', '<Title>a.pdf</Title><MsgId>1</MsgId>');
    expect(convertXml(xml)).toMatchObject({
      content: { kind: 'unsupported', msgType: 'file', raw: xml },
      raw: xml,
    });
  });

  it('ignores nodes of an article that the message was written from', () => {
    const body = '<Content>hi</Content><MsgDataId>2650000000_1</MsgDataId><Idx>1</Idx>';
    expect(message('text', body).content).toEqual({ kind: 'text', text: 'hi' });
  });
});

describe('events', () => {
  const samples: [string, EventContent][] = [
    [
      '<Event><![CDATA[subscribe]]></Event><EventKey><![CDATA[]]></EventKey>',
      { name: 'subscribe', scene: null, ticket: null },
    ],
    [
      '<Event><![CDATA[subscribe]]></Event><EventKey><![CDATA[qrscene_campaign_42]]></EventKey><Ticket><![CDATA[gQH4]]></Ticket>',
      { name: 'subscribe', scene: 'campaign_42', ticket: 'gQH4' },
    ],
    ['<Event><![CDATA[unsubscribe]]></Event><EventKey><![CDATA[]]></EventKey>', { name: 'unsubscribe' }],
    [
      '<Event><![CDATA[SCAN]]></Event><EventKey><![CDATA[campaign_42]]></EventKey><Ticket><![CDATA[gQH4]]></Ticket>',
      { name: 'SCAN', scene: 'campaign_42', ticket: 'gQH4' },
    ],
    [
      '<Event><![CDATA[LOCATION]]></Event><Latitude>23.137466</Latitude><Longitude>113.352425</Longitude><Precision>119.385040</Precision>',
      { name: 'LOCATION', latitude: 23.137466, longitude: 113.352425, precision: 119.38504 },
    ],
    [
      '<Event><![CDATA[CLICK]]></Event><EventKey><![CDATA[TODAY]]></EventKey>',
      { name: 'CLICK', key: 'TODAY' },
    ],
    [
      '<Event><![CDATA[VIEW]]></Event><EventKey><![CDATA[https://www.example.com/]]></EventKey><MenuId>208396938</MenuId>',
      { name: 'VIEW', url: 'https://www.example.com/', menuId: '208396938' },
    ],
    [
      '<Event><![CDATA[view_miniprogram]]></Event><EventKey><![CDATA[pages/index]]></EventKey><MenuId>208396938</MenuId>',
      { name: 'view_miniprogram', pagePath: 'pages/index', menuId: '208396938' },
    ],
    [
      '<Event><![CDATA[scancode_push]]></Event><EventKey><![CDATA[scan0]]></EventKey><ScanCodeInfo><ScanType><![CDATA[barcode]]></ScanType><ScanResult><![CDATA[EAN_13,690]]></ScanResult></ScanCodeInfo>',
      { name: 'scancode_push', key: 'scan0', scanType: 'barcode', scanResult: 'EAN_13,690' },
    ],
    [
      '<Event><![CDATA[scancode_waitmsg]]></Event><EventKey><![CDATA[scan1]]></EventKey><ScanCodeInfo><ScanType><![CDATA[qrcode]]></ScanType><ScanResult><![CDATA[2]]></ScanResult></ScanCodeInfo>',
      { name: 'scancode_waitmsg', key: 'scan1', scanType: 'qrcode', scanResult: '2' },
    ],
    ...(['pic_weixin', 'pic_sysphoto', 'pic_photo_or_album'] as const).map((name): [string, EventContent] => [
      `<Event><![CDATA[${name}]]></Event><EventKey><![CDATA[pic1]]></EventKey><SendPicsInfo><Count>1</Count><PicList><item><PicMd5Sum><![CDATA[5a75aaca956d97be686719218f275c6b]]></PicMd5Sum></item></PicList></SendPicsInfo>`,
      { name, key: 'pic1', count: 1 },
    ]),
    [
      '<Event><![CDATA[location_select]]></Event><EventKey><![CDATA[loc1]]></EventKey><SendLocationInfo><Location_X><![CDATA[23]]></Location_X><Location_Y><![CDATA[113]]></Location_Y><Scale><![CDATA[15]]></Scale><Label><![CDATA[广州市]]></Label><Poiname><![CDATA[]]></Poiname></SendLocationInfo>',
      { name: 'location_select', key: 'loc1', latitude: 23, longitude: 113, label: '广州市', poiName: '' },
    ],
    [
      '<Event><![CDATA[TEMPLATESENDJOBFINISH]]></Event><MsgID>200163836</MsgID><Status><![CDATA[failed:user block]]></Status>',
      { name: 'TEMPLATESENDJOBFINISH', msgId: '200163836', status: 'failed:user block' },
    ],
    [
      '<Event><![CDATA[MASSSENDJOBFINISH]]></Event><MsgID>1000001625</MsgID><Status><![CDATA[send success]]></Status><TotalCount>100</TotalCount><FilterCount>80</FilterCount><SentCount>75</SentCount><ErrorCount>5</ErrorCount><CopyrightCheckResult><Count>2</Count><ResultList><item><ArticleIdx>1</ArticleIdx></item></ResultList><CheckState>2</CheckState></CopyrightCheckResult>',
      {
        name: 'MASSSENDJOBFINISH',
        msgId: '1000001625',
        status: 'send success',
        totalCount: 100,
        filterCount: 80,
        sentCount: 75,
        errorCount: 5,
      },
    ],
    [
      '<Event><![CDATA[PUBLISHJOBFINISH]]></Event><PublishEventInfo><publish_id>2247503051</publish_id><publish_status>0</publish_status><article_id><![CDATA[A1]]></article_id><article_detail><count>1</count></article_detail></PublishEventInfo>',
      { name: 'PUBLISHJOBFINISH', publishId: '2247503051', publishStatus: 0, articleId: 'A1' },
    ],
    [
      '<Event><![CDATA[PUBLISHJOBFINISH]]></Event><PublishEventInfo><publish_id>2247503052</publish_id><publish_status>2</publish_status><fail_idx>1</fail_idx><fail_idx>2</fail_idx></PublishEventInfo>',
      { name: 'PUBLISHJOBFINISH', publishId: '2247503052', publishStatus: 2, articleId: null },
    ],
    [
      '<Event><![CDATA[subscribe_msg_popup_event]]></Event><SubscribeMsgPopupEvent><List><TemplateId><![CDATA[T1]]></TemplateId><SubscribeStatusString><![CDATA[accept]]></SubscribeStatusString><PopupScene>2</PopupScene></List><List><TemplateId><![CDATA[T2]]></TemplateId><SubscribeStatusString><![CDATA[reject]]></SubscribeStatusString><PopupScene>2</PopupScene></List></SubscribeMsgPopupEvent>',
      {
        name: 'subscribe_msg_popup_event',
        items: [
          { templateId: 'T1', status: 'accept', scene: '2' },
          { templateId: 'T2', status: 'reject', scene: '2' },
        ],
      },
    ],
    [
      '<Event><![CDATA[subscribe_msg_change_event]]></Event><SubscribeMsgChangeEvent><List><TemplateId><![CDATA[T1]]></TemplateId><SubscribeStatusString><![CDATA[reject]]></SubscribeStatusString></List></SubscribeMsgChangeEvent>',
      {
        name: 'subscribe_msg_change_event',
        items: [{ templateId: 'T1', status: 'reject', scene: null }],
      },
    ],
    [
      '<Event><![CDATA[subscribe_msg_sent_event]]></Event><SubscribeMsgSentEvent><List><TemplateId><![CDATA[T1]]></TemplateId><MsgID>1700827132819554304</MsgID><ErrorCode>0</ErrorCode><ErrorStatus><![CDATA[success]]></ErrorStatus></List></SubscribeMsgSentEvent>',
      {
        name: 'subscribe_msg_sent_event',
        items: [{ templateId: 'T1', msgId: '1700827132819554304', errorCode: 0, errorStatus: 'success' }],
      },
    ],
    [
      '<Event><![CDATA[user_authorization_revoke]]></Event><OpenID><![CDATA[oUser1]]></OpenID><AppID><![CDATA[wx0123456789abcdef]]></AppID><RevokeInfo><![CDATA[205]]></RevokeInfo>',
      {
        name: 'user_authorization_revoke',
        openid: 'oUser1',
        appId: 'wx0123456789abcdef',
        revoked: ['205'],
      },
    ],
    [
      '<Event><![CDATA[user_authorization_cancellation]]></Event><OpenID>oUser1</OpenID><AppID>wx0123456789abcdef</AppID><RevokeInfo>201,202</RevokeInfo><RevokeInfo>206</RevokeInfo>',
      {
        name: 'user_authorization_cancellation',
        openid: 'oUser1',
        appId: 'wx0123456789abcdef',
        revoked: ['201', '202', '206'],
      },
    ],
    [
      '<Event><![CDATA[user_info_modified]]></Event><OpenID>oUser1</OpenID><AppID>wx0123456789abcdef</AppID>',
      { name: 'user_info_modified', openid: 'oUser1', appId: 'wx0123456789abcdef', revoked: [] },
    ],
    [
      '<Event><![CDATA[kf_create_session]]></Event><KfAccount><![CDATA[kf001@demo_oa]]></KfAccount>',
      { name: 'kf_create_session', kfAccount: 'kf001@demo_oa' },
    ],
    [
      '<Event><![CDATA[kf_close_session]]></Event><KfAccount><![CDATA[kf001@demo_oa]]></KfAccount>',
      { name: 'kf_close_session', kfAccount: 'kf001@demo_oa' },
    ],
    [
      '<Event><![CDATA[kf_switch_session]]></Event><FromKfAccount><![CDATA[kf001@demo_oa]]></FromKfAccount><ToKfAccount><![CDATA[kf002@demo_oa]]></ToKfAccount>',
      { name: 'kf_switch_session', fromKfAccount: 'kf001@demo_oa', toKfAccount: 'kf002@demo_oa' },
    ],
    ...(
      ['qualification_verify_success', 'naming_verify_success', 'annual_renew', 'verify_expired'] as const
    ).map((name): [string, EventContent] => [
      `<Event><![CDATA[${name}]]></Event><ExpiredTime>1731536000</ExpiredTime>`,
      { name, time: 1731536000, reason: null },
    ]),
    ...(['qualification_verify_fail', 'naming_verify_fail'] as const).map((name): [string, EventContent] => [
      `<Event><![CDATA[${name}]]></Event><FailTime>1700000000</FailTime><FailReason><![CDATA[by time]]></FailReason>`,
      { name, time: 1700000000, reason: 'by time' },
    ]),
    [
      '<Event><![CDATA[user_get_card]]></Event><CardId><![CDATA[pCard1]]></CardId><IsGiveByFriend>0</IsGiveByFriend><UserCardCode><![CDATA[479638210515]]></UserCardCode><FriendUserName><![CDATA[]]></FriendUserName><OuterId>0</OuterId>',
      { name: 'card', cardEvent: 'user_get_card', cardId: 'pCard1', userCardCode: '479638210515' },
    ],
    [
      '<Event><![CDATA[user_consume_card]]></Event><CardId><![CDATA[pCard1]]></CardId><UserCardCode><![CDATA[479638210515]]></UserCardCode><ConsumeSource><![CDATA[FROM_API]]></ConsumeSource>',
      { name: 'card', cardEvent: 'user_consume_card', cardId: 'pCard1', userCardCode: '479638210515' },
    ],
    [
      '<Event><![CDATA[card_pay_order]]></Event><OrderId>1</OrderId>',
      { name: 'card', cardEvent: 'card_pay_order', cardId: null, userCardCode: null },
    ],
    [
      '<Event><![CDATA[view_limited]]></Event><EventKey><![CDATA[M1]]></EventKey>',
      { name: 'other', event: 'view_limited', key: 'M1' },
    ],
    ['<Event><![CDATA[WifiConnected]]></Event>', { name: 'other', event: 'WifiConnected', key: null }],
  ];
  it.each(samples)('reads %s', (body, content) => {
    expect(eventContent(body)).toEqual(content);
  });

  it.each(['SUBSCRIBE', 'Subscribe', 'click', 'Scan', 'location', 'templateSendJobFinish'])(
    'accepts the name %s in any case and gives the official spelling',
    (name) => {
      const read = eventContent(`<Event>${name}</Event>`);
      expect(read.name).not.toBe('other');
      expect(read.name.toLowerCase()).toBe(name.toLowerCase());
      expect(['subscribe', 'CLICK', 'SCAN', 'LOCATION', 'TEMPLATESENDJOBFINISH']).toContain(read.name);
    },
  );

  it('reads events whose own nodes are missing', () => {
    for (const [body] of samples) {
      const name = /<Event>.*?<\/Event>/.exec(body)?.[0] ?? '';
      expect(() => event(name)).not.toThrow();
    }
  });

  it('takes no name from the prototype of objects', () => {
    expect(eventContent('<Event>constructor</Event>')).toMatchObject({ name: 'other' });
    expect(convertXml(push('toString', '')).content.kind).toBe('unsupported');
  });
});

describe('the key against redelivery', () => {
  const key = (body: string) => event(body).dedupeKey;

  it('is the MsgId of a message', () => {
    expect(message('text', '<Content>a</Content>').dedupeKey).toBe('message|24000000000000001');
  });

  it('tells events apart by sender, second, event and key', () => {
    expect(key('<Event>CLICK</Event><EventKey>A</EventKey>')).toBe(`event|${OPENID}|1700000000|click|A`);
    expect(key('<Event>CLICK</Event><EventKey>A</EventKey>')).not.toBe(
      key('<Event>CLICK</Event><EventKey>B</EventKey>'),
    );
    expect(key('<Event>subscribe</Event>')).not.toBe(key('<Event>unsubscribe</Event>'));
  });

  it('is the job of a finished job', () => {
    const body = '<Event>TEMPLATESENDJOBFINISH</Event><MsgID>200163836</MsgID><Status>success</Status>';
    expect(key(body)).toBe('job|templatesendjobfinish|200163836');
    expect(
      key('<Event>PUBLISHJOBFINISH</Event><PublishEventInfo><publish_id>7</publish_id></PublishEventInfo>'),
    ).toBe('job|publishjobfinish|7');
  });

  it('tells two cards of one second and two notices of one second apart', () => {
    const card = (code: string) =>
      key(`<Event>user_del_card</Event><CardId>p</CardId><UserCardCode>${code}</UserCardCode>`);
    const notice = (id: string) =>
      key(
        `<Event>subscribe_msg_sent_event</Event><SubscribeMsgSentEvent><List><MsgID>${id}</MsgID></List></SubscribeMsgSentEvent>`,
      );
    expect(card('1')).not.toBe(card('2'));
    expect(notice('1')).not.toBe(notice('2'));
  });

  it('is there for a message without MsgId', () => {
    expect(convertXml(push('text', '<Content>a</Content>'))).toMatchObject({
      msgId: null,
      dedupeKey: `message|${OPENID}|1700000000|text`,
    });
  });
});

describe('bad input', () => {
  it.each(['ToUserName', 'FromUserName', 'CreateTime', 'MsgType'])('names a missing %s', (tag) => {
    const xml = push('text', '').replace(new RegExp(`<${tag}>.*?</${tag}>`), '');
    let error: unknown;
    try {
      convertXml(xml);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).data).toEqual({ code: 'message/malformed', params: { node: tag } });
  });

  it('whatever tree comes, the answer is a message or AppError', () => {
    const tags = fc.constantFrom(
      'xml',
      'ToUserName',
      'FromUserName',
      'CreateTime',
      'MsgType',
      'MsgId',
      'Event',
      'EventKey',
      'Content',
      'ScanCodeInfo',
      'SendPicsInfo',
      'SubscribeMsgPopupEvent',
      'List',
      'PublishEventInfo',
      '__proto__',
      'x',
    );
    const { node } = fc.letrec<{ node: XmlNode }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.oneof(fc.string(), fc.constantFrom('event', 'text', '1700000000', 'CLICK', 'oUser1')),
        fc.dictionary(tags, fc.oneof(tie('node'), fc.array(tie('node'), { maxLength: 3 }))),
      ),
    }));
    const head = fc.constant({ ToUserName: 'gh', FromUserName: 'o', CreateTime: '1', MsgType: 'event' });
    const names = fc.constantFrom(
      'SCAN',
      'subscribe_msg_popup_event',
      'PUBLISHJOBFINISH',
      'pic_weixin',
      'nope',
    );
    const whole = fc
      .tuple(head, names, node)
      .map(([h, Event, rest]) => (typeof rest === 'string' ? { ...h, Event } : { ...rest, ...h, Event }));
    fc.assert(
      fc.property(fc.oneof(node, whole), (root) => {
        try {
          const read = convertInbound(root, 'raw');
          expect(read.raw).toBe('raw');
          expect(read.dedupeKey).not.toBe('');
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
