import type { SiteView } from '../../bridge/types';
import type { Desk } from '../../state/desk.svelte';
import { searched } from '../../state/filter.svelte';
import { keep, kept } from '../../state/kept';
import { fit, wordsOf } from '../../state/match';
import { globalCommands, siteCommands, type Command } from './commands';

/** Commands under one heading: a site, what was done lately, or everywhere. */
export type Found = { heading: SiteView | 'recent' | 'everywhere'; commands: Command[] };

/** Nobody reads further, and each key press draws all of them. */
const most = 40;
/** What a person did lately, and how much of it is offered again. */
const lately = 4;

/** What fits the query, best first; without one, what is likely meant. */
export function find(desk: Desk, query: string): Found[] {
  const words = wordsOf(query);
  if (words.length === 0) return likely(desk);
  const found: Found[] = [];
  let room = most;
  for (const site of fitting(desk, words)) {
    if (room <= 0) break;
    const commands = siteCommands(desk, site).filter((one) => fits(desk, one, words));
    if (commands.length === 0) continue;
    found.push({ heading: site, commands: commands.slice(0, room) });
    room -= commands.length;
  }
  const anywhere = globalCommands(desk).filter(({ id, label }) =>
    words.every((one) => fit(one, label) || id.startsWith(one)),
  );
  if (anywhere.length > 0) {
    // A verb of the window comes before the same verb of many sites.
    const named = found.length > 0 && words.some((word) => nameFit(found[0], word));
    found.splice(named ? found.length : 0, 0, { heading: 'everywhere', commands: anywhere });
  }
  return found;
}

function nameFit(found: Found | undefined, word: string): number {
  return found && typeof found.heading === 'object' ? fit(word, found.heading.name) : 0;
}

function likely(desk: Desk): Found[] {
  const anywhere = globalCommands(desk);
  const here = desk.openedSite ?? desk.site(desk.focused);
  const recent = recentIds().flatMap((id) => {
    const site = desk.site(id.split(' ')[1] ?? null);
    const all = site ? siteCommands(desk, site) : anywhere;
    return all.find((one) => one.id === id) ?? [];
  });
  const has = ({ id }: Command) => recent.some((one) => one.id === id);
  const others = desk.order.filter((site) => site.id !== here?.id).slice(0, most / 2);
  return [
    { heading: 'recent' as const, commands: recent },
    ...(here
      ? [
          {
            heading: here,
            commands: siteCommands(desk, here).filter((one) => one.main && !has(one)),
          },
        ]
      : []),
    { heading: 'everywhere' as const, commands: anywhere.filter((one) => !has(one)) },
    ...others.map((site) => ({
      heading: site,
      commands: siteCommands(desk, site)
        .filter((one) => one.main && !has(one))
        .slice(0, 1),
    })),
  ].filter(({ commands }) => commands.length > 0);
}

/** Sites that some word names come first; where none is named, all may be meant. */
function fitting(desk: Desk, words: string[]): SiteView[] {
  const rated = desk.sites.map((site) => {
    const text = searched(site, desk.provider(site.provider)?.name ?? '');
    const rate = (word: string) => 2 * fit(word, site.name) || (text.includes(word) ? 1 : 0);
    return { site, rating: words.reduce((sum, word) => sum + rate(word), 0) };
  });
  const named = rated.filter(({ rating }) => rating > 0);
  const chosen = named.length > 0 ? named : rated;
  return chosen.toSorted((a, b) => b.rating - a.rating).map(({ site }) => site);
}

/** Every word names the site or the verb; what is seldom meant is shown once its verb is named. */
function fits(desk: Desk, { id, site, label, main }: Command, words: string[]): boolean {
  if (!site) return false;
  const verb = label.replace(site.name, '');
  const text = searched(site, desk.provider(site.provider)?.name ?? '');
  let named = false;
  for (const word of words) {
    // Verbs are known by their English names, too: they begin the ids.
    const isVerb = fit(word, verb) > 0 || id.startsWith(word);
    named ||= isVerb;
    if (!isVerb && !text.includes(word) && !fit(word, site.name)) return false;
  }
  return main === true || named;
}

export function recentIds(): string[] {
  return (kept('recent') ?? '').split('\n').filter(Boolean);
}

export function remember({ id }: Command): void {
  const ids = [id, ...recentIds().filter((one) => one !== id)];
  keep('recent', ids.slice(0, lately).join('\n'));
}
