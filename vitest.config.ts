import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{contract,main,electron,preload,renderer,tools}/**/*.test.{ts,tsx}'],
        },
      },
      {
        extends: true,
        test: {
          // Real PostgreSQL, sockets and processes.
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
