import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { AlarmFigures } from '../../../contract/domain.ts';
import type { CallError } from '../../../contract/errors.ts';
import { call } from '../../live/call.ts';
import { useLive } from '../../live/store.tsx';
import type { Period } from './period.ts';

export interface Figures {
  /** The last that came; those of another period only until the answer is there, or after a failure. */
  readonly figures: AlarmFigures | undefined;
  readonly loading: boolean;
  readonly error: CallError | undefined;
  readonly retry: () => void;
}

interface Held {
  readonly figures?: AlarmFigures | undefined;
  readonly loading: boolean;
  readonly error?: CallError | undefined;
}

/** Asks for each period; again when the database, which had not answered, is back. */
export const useFigures = (period: Period | undefined): Figures => {
  const connected = useLive((state) => state.status?.database.state === 'connected');
  const [held, setHeld] = useState<Held>({ loading: true });
  const question = useRef(0);
  const ask = useEffectEvent(async (): Promise<void> => {
    if (period === undefined) return;
    question.current += 1;
    const mine = question.current;
    setHeld((before) => ({ figures: before.figures, loading: true }));
    const answer = await call('alerts.figures', period);
    // Answers to an older question are dropped.
    if (question.current !== mine) return;
    setHeld((before) =>
      answer.ok
        ? { figures: answer.value, loading: false }
        : { figures: before.figures, loading: false, error: answer.error },
    );
  });
  useEffect(() => {
    void ask();
  }, [period?.from, period?.to]);
  const onConnected = useEffectEvent(() => {
    if (held.error?.code === 'database-away') void ask();
  });
  useEffect(() => {
    if (connected) onConnected();
  }, [connected]);
  return { figures: held.figures, loading: held.loading, error: held.error, retry: () => void ask() };
};
