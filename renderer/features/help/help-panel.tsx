import { useWords } from '../../ui/i18n.ts';
import type { Key } from '../../ui/i18n.ts';
import { SidePanel } from '../../ui/side-panel.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import './help.css';

type View = 'system' | 'car' | 'admin';

const keysOf: Readonly<Record<View, readonly (readonly [string, Key])[]>> = {
  system: [
    ['F1  ?', 'help.key.help'],
    ['F2', 'help.key.next'],
    ['Ctrl+Enter', 'help.key.acknowledge'],
    ['F8', 'help.key.silence'],
    ['Space  Shift+↑ ↓', 'help.key.mark'],
    ['Ctrl+A  Ctrl+C', 'help.key.markAll'],
    ['F6', 'help.key.regions'],
    ['← → ↑ ↓', 'help.key.alongTrain'],
    ['Home  End', 'help.key.wholeTrain'],
    ['Enter', 'help.key.open'],
    ['Shift+Enter', 'help.key.newWindow'],
    ['Ctrl+L', 'session.lock'],
    ['Esc', 'help.key.escape'],
  ],
  car: [
    ['F1  ?', 'help.key.help'],
    ['F2', 'help.key.next'],
    ['Ctrl+Enter', 'help.key.acknowledge'],
    ['F8', 'help.key.silence'],
    ['F6', 'help.key.regions'],
    ['← →', 'help.key.cars'],
    ['Alt+← → ↑ ↓', 'help.key.springs'],
    ['Home  End', 'help.key.wholeTrain'],
    ['Ctrl+L', 'session.lock'],
    ['Esc', 'help.key.escape'],
  ],
  admin: [
    ['F1  ?', 'help.key.help'],
    ['F8', 'help.key.silence'],
    ['F6', 'help.key.regions'],
    ['↑ ↓', 'help.key.alongList'],
    ['Enter', 'help.key.openRow'],
    ['Ctrl+L', 'session.lock'],
    ['Esc', 'help.key.back'],
  ],
};

const marks = ['ok', 'warning', 'critical', 'unmeasured', 'stale', 'none'] as const;

/** Keys and marks, beside the live picture. */
export const HelpPanel = ({ view, onClose }: { readonly view: View; readonly onClose: () => void }) => {
  const { t } = useWords();
  return (
    <SidePanel title={t('help.title')} onClose={onClose} testId="help-panel">
      <h3>{t('help.keys')}</h3>
      <dl className="help-list">
        {keysOf[view].map(([keys, words]) => (
          <div key={keys}>
            <dt>
              <kbd className="key">{keys}</kbd>
            </dt>
            <dd>{t(words)}</dd>
          </div>
        ))}
      </dl>
      <p>{t('help.session')}</p>
      <h3>{t('help.marks')}</h3>
      <dl className="help-list">
        {marks.map((mark) => (
          <div key={mark}>
            <dt>
              <StateMark state={mark} decorative />
            </dt>
            <dd>{t(`state.${mark}`)}</dd>
          </div>
        ))}
      </dl>
      <p>{t('help.flash')}</p>
      {view !== 'admin' && <p>{t('help.orientation')}</p>}
    </SidePanel>
  );
};
