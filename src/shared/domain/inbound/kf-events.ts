/** Sessions of customer-service workers in WeChat's own console. */
import type { EventConverters } from './event-converter';

export const KF_EVENTS: EventConverters = {
  kf_create_session: (node) => ({ name: 'kf_create_session', kfAccount: node.text('KfAccount') }),
  kf_close_session: (node) => ({ name: 'kf_close_session', kfAccount: node.text('KfAccount') }),
  kf_switch_session: (node) => ({
    name: 'kf_switch_session',
    fromKfAccount: node.text('FromKfAccount'),
    toKfAccount: node.text('ToKfAccount'),
  }),
};
