import { Suspense, lazy } from 'react';

const Panel = lazy(async () => ({ default: (await import('./preferences-panel.tsx')).PreferencesPanel }));

/** Loaded when it is first opened: it brings the component library with it. */
export const Preferences = ({ onClose }: { readonly onClose: () => void }) => (
  <Suspense fallback={<div className="panel" />}>
    <Panel onClose={onClose} />
  </Suspense>
);
