import type { LeftView, ProviderView, SiteView } from '../bridge/types';
import { format, t } from '../i18n';

/** Below this share a budget is nearly gone. */
const scarce = 0.1;

export type LeftWords = { text: string; isScarce: boolean };

/** What is left of the calls a provider grants, scarcest first. */
export function leftWords(
  { pace }: SiteView,
  provider: ProviderView | null,
  now: number,
): LeftWords[] {
  return pace.left.map((left) => ({
    text: words(left, provider, now),
    isScarce: left.calls <= left.of * scarce,
  }));
}

function words({ calls, of, until }: LeftView, provider: ProviderView | null, now: number): string {
  const time = format.moment(until, now);
  if (calls === 0) return t('pace.noneLeft', { time });
  const numbers = { calls: format.number(calls), of: format.number(of) };
  const per = provider?.budget.find((budget) => budget.calls === of)?.per;
  return per ? t(`pace.left.${per}`, numbers) : t('pace.leftUntil', { ...numbers, time });
}

/** Whether a site is asked without a click, as far as its interval goes. */
export function isByItself({ pace }: SiteView, provider: ProviderView | null, usual: number) {
  return pace.minutes === null ? provider?.automatic !== false && usual > 0 : pace.minutes > 0;
}

/** When a site is asked next by itself; null while that is not known. */
export function nextWords({ pace }: SiteView, byItself: boolean, now: number): string | null {
  if (!pace.nextAt) return byItself ? null : t('pace.onlyByHand');
  // What is due within the minute starts any moment.
  if (Date.parse(pace.nextAt) - now < 60_000) return t('pace.soon');
  return t('pace.next', { time: format.moment(pace.nextAt, now) });
}
