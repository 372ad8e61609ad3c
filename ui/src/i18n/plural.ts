type Forms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

/** The form a language uses for a number, by its own plural rules. */
export function plural(language: string, n: number, forms: Forms): string {
  return forms[new Intl.PluralRules(language).select(n)] ?? forms.other;
}
