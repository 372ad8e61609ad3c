import type { Language } from '../bridge/types';
import { de } from './de';
import { en } from './en';
import { ja } from './ja';
import type { Messages } from './messages';

/** A new language needs a line here, its texts, and its names in the provider definitions. */
const catalogs = { en, de, ja } satisfies Record<Exclude<Language, 'system'>, Messages>;

export type Spoken = keyof typeof catalogs;

export const languageNames: Record<Spoken, string> = {
  en: 'English',
  de: 'Deutsch',
  ja: '日本語',
};
export const languages = Object.keys(catalogs) as Spoken[];

let spoken = $state<Spoken>(ofSystem());

/** The texts of the language in use. Reading it in a component follows a switch. */
export function t(): Messages {
  return catalogs[spoken];
}

export function language(): Spoken {
  return spoken;
}

export function speak(setting: Language): void {
  spoken = setting === 'system' ? ofSystem() : setting;
}

/** What the desktop asks for, as far as Tallykey speaks it. */
export function ofSystem(): Spoken {
  for (const wanted of navigator.languages) {
    const known = languages.find((name) => name === wanted.split('-')[0]);
    if (known) return known;
  }
  return 'en';
}

/** The text in the language in use; English where a definition lacks it. */
export function pick(text: { [language in string]?: string }): string {
  return text[spoken] ?? text.en ?? '';
}
