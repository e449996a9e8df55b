import { SkeletonList } from '../../ui/skeleton-list';

export function FirstRunScreen() {
  return <SkeletonList rows={8} rowHeight={60} />;
}
