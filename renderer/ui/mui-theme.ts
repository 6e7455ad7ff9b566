import { createTheme } from '@mui/material/styles';
import type { Theme } from '@mui/material/styles';
import { basePixels, colours } from './theme.ts';
import type { SizeName, ThemeName } from './theme.ts';

/** The library's theme, made of ours: for forms and menus; live views use the static style sheets. */
export const createMuiTheme = (theme: ThemeName, size: SizeName): Theme => {
  const of = colours[theme];
  return createTheme({
    palette: {
      mode: theme,
      primary: { main: of.text, contrastText: of.panel },
      error: { main: of.criticalText },
      warning: { main: of.warningText },
      background: { default: of.page, paper: of.raised },
      text: { primary: of.text, secondary: of.secondary },
      divider: of.line,
    },
    typography: {
      fontFamily: 'inherit',
      htmlFontSize: basePixels[size],
      fontSize: basePixels[size] * 0.875,
      button: { textTransform: 'none' },
    },
    shape: { borderRadius: 4 },
    transitions: { create: () => 'none' },
    components: {
      MuiButtonBase: { defaultProps: { disableRipple: true } },
      MuiOutlinedInput: {
        defaultProps: { notched: true },
        styleOverrides: {
          root: {
            backgroundColor: of.well,
            '&.Mui-focused .MuiOutlinedInput-notchedOutline': { borderColor: of.focus, borderWidth: 2 },
          },
          notchedOutline: { borderColor: of.control },
        },
      },
      MuiTextField: { defaultProps: { size: 'small' } },
      MuiInputLabel: {
        defaultProps: { shrink: true },
        styleOverrides: { root: { '&.Mui-focused': { color: of.text } } },
      },
      MuiFormHelperText: { styleOverrides: { root: { color: of.secondary, fontSize: '0.82rem' } } },
    },
  });
};
