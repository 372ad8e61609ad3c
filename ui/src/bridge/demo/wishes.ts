import type { CountsSetup, SiteView } from '../types';

/** The wishes that a site's counts show; of its own counts the demo remembers no filter. */
export function setupOf(site: SiteView): CountsSetup {
  const wishes = site.counts.map(({ id, wish: { hidden, warn, notify } }) => ({
    id,
    hidden,
    warn,
    notify,
  }));
  const own = site.counts.filter(({ wish }) => wish.own);
  return {
    wishes,
    own: own.map(({ id, label }) => ({
      id,
      label: label.en ?? id,
      filter: 'status_id=open',
      saved: null,
    })),
  };
}

/** The counts of a site once a person wished this. */
export function wished(site: SiteView, { wishes, own }: CountsSetup): SiteView['counts'] {
  const order = [...wishes.map(({ id }) => id), ...site.counts.map(({ id }) => id)];
  const place = ({ id }: { id: string }) => order.indexOf(id);
  const mine: SiteView['counts'] = own.map(({ id, label }) => ({
    id,
    label: { en: label, ja: label },
    value: site.counts.find((count) => count.id === id)?.value ?? 12,
    error: null,
    day: null,
    visit: null,
    wish: { hidden: false, warn: null, notify: false, own: true },
  }));
  const all = [...site.counts.filter(({ wish }) => !wish.own), ...mine];
  return all
    .map((count) => ({
      ...count,
      wish: { ...count.wish, ...wishes.find(({ id }) => id === count.id) },
    }))
    .map(({ wish: { hidden, warn, notify, own: made }, ...count }) => ({
      ...count,
      wish: { hidden, warn, notify, own: made },
    }))
    .sort((a, b) => place(a) - place(b));
}
