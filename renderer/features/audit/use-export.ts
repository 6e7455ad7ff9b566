import { useEffect, useState } from 'react';
import type { CallError } from '../../../contract/errors.ts';
import type { Inputs } from '../../../contract/inputs.ts';
import type { ExportStatus } from '../../../contract/results.ts';
import { call } from '../../live/call.ts';

const askEveryMs = 500;

interface ExportState {
  /** The dialog for the file's place is open. */
  readonly choosing: boolean;
  readonly status?: ExportStatus | undefined;
  readonly error?: CallError | undefined;
}

/** One export at a time: asked for its place, followed to its end, or cancelled. */
export const useExport = () => {
  const [state, setState] = useState<ExportState>({ choosing: false });
  const { status } = state;
  const running = status?.state === 'running' ? status.exportId : undefined;

  useEffect(() => {
    if (running === undefined) return undefined;
    let dropped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      const answer = await call('audit.exportStatus', { exportId: running });
      if (dropped) return;
      if (answer.ok) setState({ choosing: false, status: answer.value });
      else setState((before) => ({ ...before, error: answer.error }));
      timer = setTimeout(() => void ask(), askEveryMs);
    };
    timer = setTimeout(() => void ask(), askEveryMs);
    return () => {
      dropped = true;
      clearTimeout(timer);
    };
  }, [running]);

  return {
    state,
    busy: state.choosing || running !== undefined,
    start: async (request: Inputs['audit.export']): Promise<void> => {
      setState({ choosing: true });
      const answer = await call('audit.export', request);
      setState(
        answer.ok
          ? { choosing: false, status: answer.value.started }
          : { choosing: false, error: answer.error },
      );
    },
    cancel: async (): Promise<void> => {
      if (running === undefined) return;
      const answer = await call('audit.cancelExport', { exportId: running });
      setState(
        answer.ok
          ? { choosing: false, status: answer.value }
          : { choosing: false, status, error: answer.error },
      );
    },
    close: () => setState({ choosing: false }),
  };
};
