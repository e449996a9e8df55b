/** What followers send, by MsgType. */
import type { InboundContent } from '../message';
import type { NodeReader } from './xml-node';

export type MessageConverter = (node: NodeReader) => InboundContent;

function video(node: NodeReader, short: boolean): InboundContent {
  return { kind: 'video', mediaId: node.text('MediaId'), thumbMediaId: node.text('ThumbMediaId'), short };
}

export const MESSAGE_CONVERTERS: Readonly<Record<string, MessageConverter>> = {
  text: (node) => {
    const menuItemId = node.optional('bizmsgmenuid');
    return { kind: 'text', text: node.text('Content'), ...(menuItemId !== null && { menuItemId }) };
  },
  image: (node) => ({ kind: 'image', mediaId: node.text('MediaId'), picUrl: node.text('PicUrl') }),
  voice: (node) => {
    const mediaId16k = node.optional('MediaId16K');
    const recognition = node.optional('Recognition');
    return {
      kind: 'voice',
      mediaId: node.text('MediaId'),
      format: node.text('Format'),
      ...(mediaId16k !== null && { mediaId16k }),
      ...(recognition !== null && { recognition }),
    };
  },
  video: (node) => video(node, false),
  shortvideo: (node) => video(node, true),
  location: (node) => ({
    kind: 'location',
    latitude: node.number('Location_X'),
    longitude: node.number('Location_Y'),
    scale: node.number('Scale'),
    label: node.text('Label'),
  }),
  link: (node) => ({
    kind: 'link',
    title: node.text('Title'),
    description: node.text('Description'),
    url: node.text('Url'),
  }),
  miniprogrampage: (node) => ({
    kind: 'miniprogram',
    title: node.text('Title'),
    appId: node.text('AppId'),
    pagePath: node.text('PagePath'),
    thumbUrl: node.text('ThumbUrl'),
    thumbMediaId: node.text('ThumbMediaId'),
  }),
};
