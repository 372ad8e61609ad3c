import type { ProviderView } from '../bridge/types';
import { format, t } from '../i18n';

/** How many calls the product allows, and what Tallykey does about it; null where nothing is to be told. */
export function budgetWords({ budget, automatic }: ProviderView): string | null {
  const words = t().budget;
  if (budget.length === 0) return automatic ? null : words.onlyByHand;
  const limits = format.list(budget.map(({ calls, per }) => words[per](format.number(calls))));
  return automatic ? words.limit(limits) : words.byHand(limits);
}
