import type { Page } from '@playwright/test';

/** One thing that a window must do when a person uses it. */
export interface Check {
  readonly name: string;
  readonly window: 'system' | 'car' | 'setup' | 'admin';
  readonly query: string;
  readonly run: (page: Page) => Promise<boolean>;
}

/** The selector of a test handle. */
export const id = (name: string): string => `[data-testid="${name}"]`;
