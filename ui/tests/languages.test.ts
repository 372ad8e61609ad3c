import { describe, expect, it } from 'vitest';
import { t } from '../src/i18n';
import { de } from '../src/i18n/de';
import { en } from '../src/i18n/en';
import { ja } from '../src/i18n/ja';
import type { German, Japanese } from '../src/i18n/translated';

/** Every text of a language by its name, the forms of a plural each by itself. */
function flat(texts: object, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, inner]) =>
    typeof inner === 'object' ? flat(inner, `${path}${key}.`) : [[`${path}${key}`, inner]],
  );
}

/** `[name, form]`; the form is empty where a text has only one. */
function parts(key: string): [string, string] {
  const [, name = key, form = ''] = /^(.*)_(zero|one|two|few|many|other)$/.exec(key) ?? [];
  return [name, form];
}

function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\{.*?\}\}/g))].toSorted();
}

describe('the languages', () => {
  const all = Object.entries({ en, ja, de });
  const others = all.filter(([tag]) => tag !== 'en');
  const named = (texts: object) => [...new Set(flat(texts).map(([key]) => parts(key)[0]))];

  it.each(others)('have the same texts in %s', (_tag, texts) => {
    expect(named(texts).toSorted()).toEqual(named(en).toSorted());
  });

  it.each(others)('put the same into a text in %s', (_tag, texts) => {
    const english = flat(en);
    for (const [key, text] of flat(texts)) {
      const [name, form] = parts(key);
      const [, theirs = ''] =
        english.find(([other]) => other === key || other === `${name}_other`) ?? [];
      // A form may be of one number, and says it then in its own words.
      const without = (of: string) =>
        placeholders(of).filter((one) => form === '' || one !== '{{count}}');
      expect([key, without(text)]).toEqual([key, without(theirs)]);
    }
  });

  it.each(all)('have each plural form of %s, and no other', (tag, texts) => {
    const forms = new Map<string, string[]>();
    for (const [key] of flat(texts)) {
      const [name, form] = parts(key);
      forms.set(name, [...(forms.get(name) ?? []), form].toSorted());
    }
    const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions();
    const plurals = [...forms].filter(([, found]) => found.join() !== '');
    expect(plurals.length).toBeGreaterThan(15);
    for (const found of plurals) expect(found).toEqual([found[0], pluralCategories.toSorted()]);
  });

  it.each(all)('have no text in %s that is made of another one', (_tag, texts) => {
    const nesting = flat(texts).filter(([, text]) => text.includes('$t('));
    expect(nesting).toEqual([]);
  });

  it('keep the heads of columns short in German', () => {
    for (const head of Object.values(de.column)) expect(head.length).toBeLessThanOrEqual(10);
  });

  it('leave no text empty; only Japanese sentences have nothing between them', () => {
    const empty = (texts: object) => flat(texts).filter(([, text]) => text === '');
    expect(empty(en)).toEqual([]);
    expect(empty(de)).toEqual([]);
    expect(empty(ja)).toEqual([['language.sentenceGap', '']]);
  });
});

describe('what is put into a text', () => {
  const hostile = [
    '{{site}}',
    '{{- site}}',
    '{{form, uppercase}}',
    '{{',
    '$t(error.dismiss)',
    '$t(error.dismiss, { "lng": "de" })',
    '$t(',
    '__proto__',
    'constructor',
    '$& $1 $$',
    '<b>&amp;</b>',
    '',
  ];

  it.each(hostile)('stays as it is: %s', (name) => {
    expect(t('row.left', { duration: name })).toBe(`${name} left`);
    expect(t('toast.copiedAs', { form: name, site: 'Kaizen' })).toBe(`Copied ${name} for Kaizen`);
    expect(t('toast.copiedAs', { form: 'curl', site: name })).toBe(`Copied curl for ${name}`);
    expect(t('toast.copiedAs', { form: name, site: name })).toBe(`Copied ${name} for ${name}`);
    expect(t('connect.asksFor', { count: 2, names: name })).toBe(`It asks for 2 things: ${name}.`);
  });

  it('makes no sense together with what is beside it', () => {
    expect(t('other.siteName', { site: '$t(error.dismiss', person: 'x' })).toBe(
      '$t(error.dismiss (x)',
    );
    expect(t('toast.copiedAs', { form: '{{si', site: 'te}}' })).toBe('Copied {{si for te}}');
  });

  it('is asked for by the compiler', () => {
    const wrong = [
      // @ts-expect-error there is no such text
      () => t('row.nothing'),
      // @ts-expect-error a name of several texts is none
      () => t('row'),
      // @ts-expect-error a form is not chosen by name
      () => t('trend.notCounted_one', { count: 1 }),
      // @ts-expect-error nothing is put into it
      () => t('row.left'),
      // @ts-expect-error it is put in under another name
      () => t('row.left', { time: '' }),
      // @ts-expect-error one of two is missing
      () => t('toast.copiedAs', { form: '' }),
      // @ts-expect-error one too many
      () => t('row.left', { duration: '', time: '' }),
      // @ts-expect-error a plural without its number
      () => t('trend.notCounted'),
      // @ts-expect-error a plural without its number, which is not read in English
      () => t('add.tick'),
      // @ts-expect-error a number that is already words
      () => t('trend.notCounted', { count: '1' }),
      // @ts-expect-error nothing goes into it
      () => t('row.noEnd', { time: '' }),
      // @ts-expect-error Japanese has one form
      (): Japanese<{ site_one: 'a'; site_other: 'b' }> => ({ site_one: '', site_other: '' }),
      // @ts-expect-error a placeholder is missing
      (): German<{ site: '{{name}} of {{all}}' }> => ({ site: '{{name}}' }),
    ];
    expect(wrong).toHaveLength(13);
  });
});
