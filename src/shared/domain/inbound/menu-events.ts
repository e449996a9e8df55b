/** Taps on menu buttons. */
import type { EventContent } from '../message';
import type { EventConverters } from './event-converter';
import type { NodeReader } from './xml-node';

function scancode(name: 'scancode_push' | 'scancode_waitmsg', node: NodeReader): EventContent {
  const info = node.child('ScanCodeInfo');
  return {
    name,
    key: node.text('EventKey'),
    scanType: info.text('ScanType'),
    scanResult: info.text('ScanResult'),
  };
}

function pictures(
  name: 'pic_sysphoto' | 'pic_photo_or_album' | 'pic_weixin',
  node: NodeReader,
): EventContent {
  return { name, key: node.text('EventKey'), count: node.child('SendPicsInfo').number('Count') };
}

export const MENU_EVENTS: EventConverters = {
  CLICK: (node) => ({ name: 'CLICK', key: node.text('EventKey') }),
  VIEW: (node) => ({ name: 'VIEW', url: node.text('EventKey'), menuId: node.optional('MenuId') }),
  view_miniprogram: (node) => ({
    name: 'view_miniprogram',
    pagePath: node.text('EventKey'),
    menuId: node.optional('MenuId'),
  }),
  scancode_push: (node) => scancode('scancode_push', node),
  scancode_waitmsg: (node) => scancode('scancode_waitmsg', node),
  pic_sysphoto: (node) => pictures('pic_sysphoto', node),
  pic_photo_or_album: (node) => pictures('pic_photo_or_album', node),
  pic_weixin: (node) => pictures('pic_weixin', node),
  location_select: (node) => {
    const info = node.child('SendLocationInfo');
    return {
      name: 'location_select',
      key: node.text('EventKey'),
      latitude: info.number('Location_X'),
      longitude: info.number('Location_Y'),
      label: info.text('Label'),
      poiName: info.text('Poiname'),
    };
  },
};
