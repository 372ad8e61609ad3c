import type { Overview, SiteView } from '../bridge/types';

/** Controls, and marks that turn the direction of the text around them. */
const controls = /\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu;

/** Longer names tell nobody apart; nothing in the window has room for them. */
const nameLength = 120;
/** A host name has at most 253 characters; a path comes after it. */
const hostLength = 400;
/** What a server says of an error beyond this is a page, not a sentence. */
const wordsLength = 600;

/** Somebody else's text as the window shows it: without controls, and with an end. */
export function plain(text: string, most = wordsLength): string {
  const clean = text.replaceAll(controls, '');
  return clean.length > most ? `${clean.slice(0, most).replace(/\p{Cs}$/u, '')}…` : clean;
}

/** The same overview where nothing has to be changed. */
export function plainOverview(overview: Overview): Overview {
  const sites = overview.sites.map(plainSite);
  const changed = sites.some((site, n) => site !== overview.sites[n]);
  return changed ? { ...overview, sites } : overview;
}

function plainSite(site: SiteView): SiteView {
  const name = plain(site.name, nameLength);
  const host = plain(site.host, hostLength);
  const person = site.identity && plain(site.identity.text, nameLength);
  const sameAs =
    name === site.name && host === site.host && person === (site.identity?.text ?? null);
  if (sameAs) return site;
  const identity = site.identity && { ...site.identity, text: person ?? '' };
  return { ...site, name, host, identity };
}
