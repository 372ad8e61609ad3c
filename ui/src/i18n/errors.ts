import catalog from '../../../src-tauri/core/texts/errors.json';
import type { Failure } from '../bridge/failure';
import type { ErrorCode } from '../bridge/types';
import { plain } from '../state/plain';
import { language, t } from './language.svelte';
import { marked, spaced } from './spacing';

/** What a person reads about an error: what happened, what it means, the one next step. */
export type Explanation = {
  what: string;
  means: string;
  next: string;
  /** The server's or the system's own words, or few of ours. */
  detail: string | null;
};

export function explain(failure: Failure): Explanation {
  const texts = failure.code ? textsOf(failure.code) : unknown();
  const site = plain(failure.site ?? t('error.thisSite'), 120);
  const host = plain(failure.host ?? t('error.theServer'), 400);
  const isJapanese = language() === 'ja';
  const value = (text: string) => () => (isJapanese ? marked(text) : text);
  const fill = (text: string) => {
    const filled = text
      .replaceAll('{site}', value(site))
      .replaceAll('{host}', value(host))
      .replaceAll('{detail}', value(plain(failure.detail ?? '')));
    return isJapanese ? spaced(filled) : filled;
  };
  return {
    // Here a site is never looked for by a name that was typed.
    what: failure.code === 'no_such_site' ? t('error.gone') : fill(texts.what),
    means: fill(texts.means),
    next: fill(texts.next),
    detail: failure.detail === null ? null : worded(plain(failure.detail)),
  };
}

/** Ours are in the language of the page; all else stays as somebody else said it. */
function worded(detail: string): string {
  return detail === 'unknown issuer' ? t('trust.unknownIssuer') : detail;
}

type Texts = Pick<Explanation, 'what' | 'means' | 'next'>;

function unknown(): Texts {
  return {
    what: t('error.unknown.what'),
    means: t('error.unknown.means'),
    next: t('error.unknown.next'),
  };
}

/** In English where the catalog has no other language yet. */
function textsOf(code: ErrorCode): Texts {
  const known: Partial<Record<string, Texts>> & { en: Texts } = catalog[code];
  return known[language()] ?? known.en;
}

/** The short sentence alone, where there is no room for more. */
export function whatOf(code: ErrorCode): string {
  return explain({ code, site: null, host: null, detail: null }).what;
}
