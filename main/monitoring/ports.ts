import type { DatabaseHealth, RejectedMessage, StreamHealth } from '../../contract/domain.ts';
import type { Page } from '../../contract/results.ts';

export interface StreamHealthSource {
  health(): StreamHealth;
}

export interface DatabaseHealthSource {
  health(): DatabaseHealth;
}

export interface RejectedReads {
  listRejected(query: {
    readonly cursor?: string | undefined;
    readonly limit: number;
  }): Promise<Page<RejectedMessage>>;
  countRejected(): Promise<number>;
}
