import { SkeletonList } from '../../ui/skeleton-list';

export function SettingsScreen() {
  return <SkeletonList rows={8} rowHeight={60} />;
}
