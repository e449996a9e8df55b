import { EmptyState } from '../../ui/empty-state';

export function InboxScreen() {
  return <EmptyState icon="inbox" title="消息" />;
}
