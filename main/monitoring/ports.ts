import type { RejectedMessage } from '../../contract/domain.ts';
import type { Page } from '../../contract/results.ts';

export interface RejectedReads {
  listRejected(query: {
    readonly cursor?: string | undefined;
    readonly limit: number;
  }): Promise<Page<RejectedMessage>>;
  countRejected(): Promise<number>;
}
