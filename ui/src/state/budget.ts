import type { ProviderView } from '../bridge/types';
import { format, t } from '../i18n';

/** How many calls the product allows, and what Tallykey does about it; null where nothing is to be told. */
export function budgetWords({ budget, automatic }: ProviderView): string | null {
  if (budget.length === 0) return automatic ? null : t('budget.onlyByHand');
  const limits = format.list(
    budget.map(({ calls, per }) => t(`budget.${per}`, { calls: format.number(calls) })),
  );
  return automatic ? t('budget.limit', { limits }) : t('budget.byHand', { limits });
}
