import { ofLanguage } from './once';

const rules = ofLanguage((tag) => new Intl.PluralRules(tag));

type Forms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

/** The form a language uses for a number, by its own plural rules. */
export function plural(language: string, n: number, forms: Forms): string {
  return forms[rules(language).select(n)] ?? forms.other;
}
