import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useAdminWords } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import {
  addStep,
  changeStep,
  guidanceLanguages,
  longestStep,
  mostSteps,
  moveStep,
  removeStep,
  withoutControls,
} from './draft.ts';
import type { GuidanceFields, Step } from './draft.ts';
import { newStepKey } from './draft-store.ts';

interface ChecklistEditorProps {
  readonly steps: readonly Step[];
  readonly disabled: boolean;
  readonly onChange: (change: (before: GuidanceFields) => GuidanceFields) => void;
}

interface Wanted {
  readonly key: string;
  readonly part: 'en' | 'up' | 'down';
}

/**
 * The steps to tick, in both languages. Alt with the arrow keys moves the step one writes in; the focus goes with it,
 * and where it went is said.
 */
export const ChecklistEditor = ({ steps, disabled, onChange }: ChecklistEditorProps) => {
  const { t } = useAdminWords();
  const list = useRef<HTMLOListElement>(null);
  const add = useRef<HTMLButtonElement>(null);
  const [wanted, setWanted] = useState<Wanted>();
  const [said, setSaid] = useState('');
  const focusWanted = useEffectEvent(() => {
    if (wanted === undefined) return;
    const row = [...(list.current?.children ?? [])].find(
      (each) => each instanceof HTMLElement && each.dataset['key'] === wanted.key,
    );
    const field = row?.querySelector<HTMLElement>(`[data-part="${wanted.part}"]:not(:disabled)`);
    (field ?? row?.querySelector<HTMLElement>('[data-part="en"]') ?? add.current)?.focus();
    setWanted(undefined);
  });
  useEffect(() => focusWanted(), [wanted, steps]);

  const move = (key: string, by: -1 | 1, part: Wanted['part']): void => {
    const to = steps.findIndex((step) => step.key === key) + by;
    if (to < 0 || to >= steps.length) return;
    onChange((before) => moveStep(before, key, by));
    setWanted({ key, part });
    setSaid(t('guide.step.moved', { place: to + 1, count: steps.length }));
  };
  const remove = (place: number, key: string): void => {
    onChange((before) => removeStep(before, key));
    setWanted({ key: (steps[place + 1] ?? steps[place - 1])?.key ?? '', part: 'en' });
    setSaid(t('guide.step.removed', { place: place + 1 }));
  };
  const onKeyDown = (event: KeyboardEvent, key: string): void => {
    if (!event.altKey || event.ctrlKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    const { target } = event;
    const part = target instanceof HTMLElement ? target.dataset['part'] : undefined;
    move(key, event.key === 'ArrowUp' ? -1 : 1, part === 'up' || part === 'down' ? part : 'en');
  };
  return (
    <section aria-label={t('guide.checklist')} className="checklist-editor">
      <h3>{t('guide.checklist')}</h3>
      <p className="secondary">{t('guide.checklistHelp')}</p>
      {steps.length > 0 && (
        <ol ref={list}>
          {steps.map((step, place) => (
            <li
              key={step.key}
              data-key={step.key}
              data-testid="guidance-step-row"
              onKeyDown={(event) => onKeyDown(event, step.key)}
            >
              <span className="checklist-place" aria-hidden="true">
                {place + 1}
              </span>
              {guidanceLanguages.map((language) => (
                <span key={language} className="checklist-field">
                  <input
                    className="field"
                    lang={language}
                    dir="auto"
                    value={step[language]}
                    maxLength={longestStep}
                    disabled={disabled}
                    placeholder={t(`guide.language.${language}`)}
                    aria-label={`${t('guide.step', { place: place + 1 })}, ${t(`guide.language.${language}`)}`}
                    data-part={language}
                    data-testid={`guidance-step-${language}`}
                    onChange={(event) =>
                      onChange((before) =>
                        changeStep(before, step.key, { [language]: withoutControls(event.target.value) }),
                      )
                    }
                  />
                  {step[language].trim() === '' && step[language === 'en' ? 'fr' : 'en'].trim() !== '' && (
                    <span className="checklist-missing">
                      <StateMark state="warning" decorative /> {t(`guide.missing.${language}`)}
                    </span>
                  )}
                </span>
              ))}
              <span className="checklist-acts">
                <button
                  type="button"
                  className="button"
                  data-part="up"
                  disabled={disabled || place === 0}
                  aria-label={t('guide.step.up', { place: place + 1 })}
                  title={`${t('guide.step.up', { place: place + 1 })} (Alt+↑)`}
                  data-testid="guidance-step-up"
                  onClick={() => move(step.key, -1, 'up')}
                >
                  ↑
                </button>
                <button
                  type="button"
                  className="button"
                  data-part="down"
                  disabled={disabled || place === steps.length - 1}
                  aria-label={t('guide.step.down', { place: place + 1 })}
                  title={`${t('guide.step.down', { place: place + 1 })} (Alt+↓)`}
                  data-testid="guidance-step-down"
                  onClick={() => move(step.key, 1, 'down')}
                >
                  ↓
                </button>
                <button
                  type="button"
                  className="button"
                  disabled={disabled}
                  aria-label={t('guide.step.remove', { place: place + 1 })}
                  title={t('guide.step.remove', { place: place + 1 })}
                  data-testid="guidance-step-remove"
                  onClick={() => remove(place, step.key)}
                >
                  ✕
                </button>
              </span>
            </li>
          ))}
        </ol>
      )}
      <div className="acts">
        <button
          ref={add}
          type="button"
          className="button"
          disabled={disabled || steps.length >= mostSteps}
          data-testid="guidance-step-add"
          onClick={() => {
            const key = newStepKey();
            onChange((before) => addStep(before, key));
            setWanted({ key, part: 'en' });
          }}
        >
          {t('guide.step.add')}
        </button>
        {steps.length >= mostSteps && (
          <span className="secondary">{t('guide.step.most', { most: mostSteps })}</span>
        )}
        {steps.length > 1 && steps.length < mostSteps && (
          <span className="secondary">{t('guide.step.keys')}</span>
        )}
      </div>
      <span className="visually-hidden" role="status">
        {said}
      </span>
    </section>
  );
};
