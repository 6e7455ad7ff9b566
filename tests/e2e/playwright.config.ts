import { defineConfig } from '@playwright/test';

/** The real Electron on a virtual desktop; needs a build (`npm run build`) and `npm run setup`. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../output/e2e',
  globalSetup: './fixtures/global-setup.ts',
  // Several Electrons at once on a small machine make time-outs, not speed.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
});
