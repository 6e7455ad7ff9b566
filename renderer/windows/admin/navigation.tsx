import { useRef } from 'react';
import type { KeyboardEvent } from 'react';
import type { Role } from '../../../contract/domain.ts';
import type { AdminPage } from '../../../contract/results.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { roleOfPage } from './pages.ts';

interface NavigationProps {
  readonly pages: readonly AdminPage[];
  readonly current: AdminPage;
  readonly allows: (role: Role) => boolean;
  readonly onChoose: (page: AdminPage) => void;
}

const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowRight: 1,
  ArrowUp: -1,
  ArrowLeft: -1,
  Home: -Infinity,
  End: Infinity,
};

/** The pages at the left: one stop of the Tab key, arrows go along, Enter opens. */
export const Navigation = ({ pages, current, allows, onChoose }: NavigationProps) => {
  const { t } = useAdminWords();
  const list = useRef<HTMLUListElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.altKey) return;
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    buttons[Math.max(0, Math.min(buttons.length - 1, at + step))]?.focus();
    event.preventDefault();
  };
  return (
    <nav className="panel admin-navigation" aria-label={t('page.navigation')} data-region="navigation">
      <ul ref={list} onKeyDown={onKeyDown}>
        {pages.map((page) => {
          const locked = !allows(roleOfPage[page]);
          return (
            <li key={page}>
              <button
                type="button"
                className="button button-quiet admin-navigation-page"
                aria-current={page === current ? 'page' : undefined}
                tabIndex={page === current ? 0 : -1}
                data-testid={`navigate-${page}`}
                onClick={() => onChoose(page)}
              >
                <span>{t(`page.${page}`)}</span>
                {locked && (
                  <span className="secondary">
                    {t('page.locked', { role: t(`role.${roleOfPage[page]}`) })}
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
};
