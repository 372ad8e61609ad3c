import catalog from '../../../src-tauri/core/texts/errors.json';
import type { Failure } from '../bridge/failure';
import type { ErrorCode } from '../bridge/types';
import { language, t } from './language.svelte';

/** What a person reads about an error: what happened, what it means, the one next step. */
export type Explanation = {
  what: string;
  means: string;
  next: string;
  /** The server's or the system's own words. */
  detail: string | null;
};

export function explain(failure: Failure): Explanation {
  const words = t().error;
  const texts = failure.code ? catalog[failure.code][language()] : words.unknown;
  const fill = (text: string) =>
    text
      .replaceAll('{site}', () => failure.site ?? words.thisSite)
      .replaceAll('{host}', () => failure.host ?? words.theServer)
      .replaceAll('{detail}', () => failure.detail ?? '');
  return {
    what: fill(texts.what),
    means: fill(texts.means),
    next: fill(texts.next),
    detail: failure.detail,
  };
}

/** The short sentence alone, where there is no room for more. */
export function whatOf(code: ErrorCode): string {
  return explain({ code, site: null, host: null, detail: null }).what;
}
