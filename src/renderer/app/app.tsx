import { useEffect } from 'react';
import { ThemeProvider } from '../theme/theme-provider';
import { BlockedScreen } from './blocked-screen';
import { bootstrap, followMain, useBootstrap } from './bootstrap';
import { Shell } from './shell';

function Root() {
  const { info, error } = useBootstrap();
  if (error) return <BlockedScreen error={error} onRetry={() => void bootstrap()} />;
  if (!info) return null;
  if (info.blocked) return <BlockedScreen error={info.blocked} />;
  return <ReadyShell />;
}

function ReadyShell() {
  useEffect(() => followMain(), []);
  return <Shell />;
}

export function App() {
  useEffect(() => void bootstrap(), []);
  return (
    <ThemeProvider>
      <Root />
    </ThemeProvider>
  );
}
