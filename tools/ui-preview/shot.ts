import type { Page } from '@playwright/test';

/** One picture of a window in a state that its address (README.md) and `act` bring it to. */
export interface Shot {
  readonly name: string;
  readonly window: 'system' | 'car' | 'setup' | 'admin';
  readonly query: string;
  readonly width?: number;
  readonly height?: number;
  readonly act?: (page: Page) => Promise<void>;
}
