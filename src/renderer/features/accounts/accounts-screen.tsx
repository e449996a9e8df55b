import { SkeletonList } from '../../ui/skeleton-list';

export function AccountsScreen() {
  return <SkeletonList rows={8} rowHeight={60} />;
}
