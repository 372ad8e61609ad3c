import type { CountsSetup, CountView, SiteView } from '../types';

/** What the counts of a site say was wished of them. */
export function setupOf({ counts }: SiteView): CountsSetup {
  const wishes = counts.map(({ id, wish: { hidden, warn, notify } }) => ({
    id,
    hidden,
    warn,
    notify,
  }));
  const own = counts
    .filter(({ wish }) => wish.own)
    .map(({ id, label }) => ({ id, label: label.en ?? id, filter: 'priority_id=5', saved: null }));
  return { wishes, own };
}

/** The counts of a site as they were wished; new ones have the number that was tried. */
export function countsAs({ wishes, own }: CountsSetup, site: SiteView, tried: number): CountView[] {
  return wishes.flatMap(({ id, ...wish }) => {
    const made = own.find((one) => one.id === id);
    const known = site.counts.find((count) => count.id === id);
    const fresh = { id, value: tried, error: null, day: null, visit: null };
    const label = made ? { en: made.label } : known?.label;
    if (!label) return [];
    return [{ ...(known ?? fresh), label, wish: { ...wish, own: made !== undefined } }];
  });
}
