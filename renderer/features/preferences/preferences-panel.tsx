import Checkbox from '@mui/material/Checkbox';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import type { Preferences } from '../../../contract/results.ts';
import { setPreferences, usePreferences } from '../../live/preferences.ts';
import { useWords } from '../../ui/i18n.ts';
import { LibraryRoot } from '../../ui/library-root.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly name: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly lang?: string }[];
  readonly onChoose: (value: Value) => void;
}

const Choice = <Value extends string>({ label, name, value, options, onChoose }: ChoiceProps<Value>) => (
  <FormControl margin="dense" fullWidth>
    <FormLabel id={`preference-${name}`}>{label}</FormLabel>
    <RadioGroup
      aria-labelledby={`preference-${name}`}
      name={name}
      value={value}
      onChange={(_, chosen) => {
        const option = options.find((each) => each.value === chosen);
        if (option !== undefined) onChoose(option.value);
      }}
    >
      {options.map((option) => (
        <FormControlLabel
          key={option.value}
          value={option.value}
          lang={option.lang}
          control={
            <Radio
              size="small"
              slotProps={{ input: { 'data-testid': `${name}-${option.value}` } as object }}
            />
          }
          label={option.label}
        />
      ))}
    </RadioGroup>
  </FormControl>
);

/** Language, appearance and reading distance; each applies at once, in every window. */
export const PreferencesPanel = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useWords();
  const { language, theme, size, notifyWarnings } = usePreferences();
  const set = (changed: Partial<Preferences>): void => void setPreferences(window.vicore, changed);
  return (
    <LibraryRoot theme={theme} size={size}>
      <SidePanel title={t('preferences.title')} onClose={onClose} testId="preferences-panel">
        <Choice
          label={t('preferences.language')}
          name="language"
          value={language}
          options={[
            { value: 'en', label: 'English', lang: 'en' },
            { value: 'fr', label: 'Français', lang: 'fr' },
          ]}
          onChoose={(value) => set({ language: value })}
        />
        <Choice
          label={t('preferences.theme')}
          name="theme"
          value={theme}
          options={(['system', 'dark', 'light'] as const).map((value) => ({
            value,
            label: t(`preferences.theme.${value}`),
          }))}
          onChoose={(value) => set({ theme: value })}
        />
        <Choice
          label={t('preferences.size')}
          name="size"
          value={size}
          options={(['desk', 'large', 'wall'] as const).map((value) => ({
            value,
            label: t(`preferences.size.${value}`),
          }))}
          onChoose={(value) => set({ size: value })}
        />
        <FormControlLabel
          control={
            <Checkbox
              size="small"
              checked={notifyWarnings}
              onChange={(_, checked) => set({ notifyWarnings: checked })}
            />
          }
          label={t('preferences.notifyWarnings')}
        />
      </SidePanel>
    </LibraryRoot>
  );
};
