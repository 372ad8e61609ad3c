import {
  createInstance,
  type InterpolationMap,
  type ParseKeys,
  type ParseKeysWithoutVariables,
  type TFunctionReturn,
} from 'i18next';
import type { Language } from '../bridge/types';
import { de } from './de';
import { en } from './en';
import { ja } from './ja';
import { ofLanguage } from './once';
import { markedAll, spaced } from './spacing';

/** A new language needs a line here, its texts, and its names in the provider definitions. */
const catalogs = { en, de, ja } satisfies Record<Exclude<Language, 'system'>, object>;

export type Spoken = keyof typeof catalogs;

export const languageNames: Record<Spoken, string> = {
  en: 'English',
  de: 'Deutsch',
  ja: '日本語',
};
export const languages = Object.keys(catalogs) as Spoken[];

const i18n = createInstance();
void i18n.init({
  resources: Object.fromEntries(languages.map((name) => [name, { translation: catalogs[name] }])),
  // No text is missing in any language, so nothing has to stand in.
  fallbackLng: false,
  keySeparator: '.',
  nsSeparator: false,
  // The texts are here, so the first paint has them.
  initAsync: false,
  // Svelte escapes. What is put into a text is not read as one.
  interpolation: { escapeValue: false, skipOnVariables: true },
});

let spoken = $state<Spoken>(ofSystem());

type Plural<K> = K extends `${infer Name}_other` ? Name : never;

/** The name of a text. Which of its plural forms it takes follows from `count`. */
type Key = Exclude<ParseKeys, `${string}_${Intl.LDMLPluralRule}`>;
type PlainKey = Exclude<ParseKeysWithoutVariables, Plural<ParseKeys>>;

/** Words and numbers for each of its placeholders. */
type Words<K extends Key> = InterpolationMap<TFunctionReturn<'translation', K, { count: number }>> &
  (K extends Plural<ParseKeys> ? { count: number } : unknown);

const translate = i18n.t as (key: Key, words: object) => string;

// To put a text together takes ten times as long as to look it up, and a search through the
// commands of 300 sites needs thousands of them with each key press.
const said = ofLanguage(() => new Map<string, string>());
/** Twice what such a search needs; less than a megabyte. */
const mostSaid = 10_000;

/** The text in the language in use. Reading it in a component follows a switch. */
export function t<K extends Key>(
  key: K,
  ...[words]: K extends PlainKey ? [] : [words: Words<K>]
): string {
  const texts = said(spoken);
  const name = words ? key + JSON.stringify(words) : key;
  const known = texts.get(name);
  if (known !== undefined) return known;
  const text =
    words && spoken === 'ja'
      ? spaced(translate(key, { ...markedAll(words), lng: spoken }))
      : translate(key, { ...words, lng: spoken });
  if (texts.size >= mostSaid) texts.clear();
  texts.set(name, text);
  return text;
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
