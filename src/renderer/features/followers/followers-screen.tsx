import { SkeletonList } from '../../ui/skeleton-list';

export function FollowersScreen() {
  return <SkeletonList rows={8} rowHeight={60} />;
}
