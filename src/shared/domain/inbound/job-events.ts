/** Results of template messages, broadcasts and publishing. Their ids are 64-bit: kept as text. */
import type { EventConverters } from './event-converter';

export const JOB_EVENTS: EventConverters = {
  TEMPLATESENDJOBFINISH: (node) => ({
    name: 'TEMPLATESENDJOBFINISH',
    msgId: node.text('MsgID'),
    status: node.text('Status'),
  }),
  MASSSENDJOBFINISH: (node) => ({
    name: 'MASSSENDJOBFINISH',
    msgId: node.text('MsgID'),
    status: node.text('Status'),
    totalCount: node.number('TotalCount'),
    filterCount: node.number('FilterCount'),
    sentCount: node.number('SentCount'),
    errorCount: node.number('ErrorCount'),
  }),
  PUBLISHJOBFINISH: (node) => {
    const info = node.child('PublishEventInfo');
    return {
      name: 'PUBLISHJOBFINISH',
      publishId: info.text('publish_id'),
      publishStatus: info.number('publish_status'),
      articleId: info.optional('article_id'),
    };
  },
};
