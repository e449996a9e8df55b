/** Following, leaving, scanning and reported positions. */
import type { EventConverters } from './event-converter';

const SCENE_PREFIX = 'qrscene_';

export const FOLLOW_EVENTS: EventConverters = {
  subscribe: (node) => {
    const key = node.text('EventKey').trim();
    return {
      name: 'subscribe',
      // Only a scene carries the prefix; other keys here are not QR scenes.
      scene: key.startsWith(SCENE_PREFIX) ? key.slice(SCENE_PREFIX.length) || null : null,
      ticket: node.optional('Ticket'),
    };
  },
  unsubscribe: () => ({ name: 'unsubscribe' }),
  SCAN: (node) => ({ name: 'SCAN', scene: node.text('EventKey'), ticket: node.optional('Ticket') }),
  LOCATION: (node) => ({
    name: 'LOCATION',
    latitude: node.number('Latitude'),
    longitude: node.number('Longitude'),
    precision: node.number('Precision'),
  }),
};
