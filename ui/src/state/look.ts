import type { Settings } from '../bridge/types';
import { languages } from '../i18n';
import { keep, kept } from './kept';
import { asShipped } from './settings';

type Look = Pick<Settings, 'language' | 'theme'>;

/** The look chosen last, until the settings are known: their file may not be readable. */
export function lookKept(): Look {
  const [language, theme] = [kept('language'), kept('theme')];
  return {
    language: languages.find((one) => one === language) ?? asShipped.language,
    theme: (['light', 'dark'] as const).find((one) => one === theme) ?? asShipped.theme,
  };
}

export function keepLook({ language, theme }: Look): void {
  keep('language', language);
  keep('theme', theme);
}
