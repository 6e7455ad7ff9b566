import { useWords } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import type { TestState } from './setup-model.ts';

interface TestLineProps {
  readonly state: TestState;
  readonly disabled: boolean;
  readonly testId: string;
  readonly onTest: () => void;
}

/** The button that tests one connection, and what came of it in words. */
export const TestLine = ({ state, disabled, testId, onTest }: TestLineProps) => {
  const { t } = useWords();
  return (
    <div className="setup-test">
      <button
        type="button"
        className="button"
        disabled={disabled || state.kind === 'testing'}
        data-testid={`${testId}-test`}
        onClick={onTest}
      >
        {state.kind === 'testing' ? t('setup.testing') : t('setup.test')}
      </button>
      <span
        role="status"
        data-testid={`${testId}-result`}
        data-reachable={state.kind === 'done' ? state.test.reachable : undefined}
      >
        {state.kind === 'untested' && <span className="secondary">{t('setup.untested')}</span>}
        {state.kind === 'done' && (
          <>
            {state.test.reachable ? <b aria-hidden="true">✓</b> : <StateMark state="warning" decorative />}{' '}
            <b>{t(state.test.reachable ? 'setup.reachable' : 'setup.unreachable')}</b>: {state.test.message}
          </>
        )}
      </span>
    </div>
  );
};
