import type { Host } from '../host';
import type { CountsSetup, OwnCount, Reach } from '../types';
import { Answering } from './answering';
import { activityOf, historyOf } from './past';
import { instant } from './sites';
import { countsAs, setupOf } from './wishes';

/** Counts: what they are of, when they are asked for, and how they developed. */
export class Counting extends Answering {
  async offers(site: string) {
    await this.heard('offers', site);
    return this.script.offers;
  }

  async choose(site: string, choices: Parameters<Host['choose']>[1]) {
    const words = Object.entries(choices).map(
      ([key, items]) => `${key}=${items.map(({ value }) => value).join('+')}`,
    );
    this.heard('choose', site, ...words);
    const { choices: before } = this.site(site);
    this.changeSite(site, {
      choices: before.map((one) => ({ ...one, items: choices[one.key] ?? one.items })),
      trouble: null,
    });
  }

  async refreshCounts(site: string | null) {
    this.heard('refreshCounts', site ?? 'all');
    const chosen = this.script.overview.sites.filter(
      ({ id, state }) => (site === null || id === site) && state === 'connected',
    );
    for (const { id } of chosen) this.changeSite(id, { busy: 'counting' });
    for (const [index, { id }] of chosen.entries()) {
      const done = { busy: null, trouble: null, countedAt: instant(0) };
      setTimeout(() => this.changeSite(id, done), 700 * (index + 1));
    }
  }

  async stopRefresh() {
    this.heard('stopRefresh');
    const sites = this.script.overview.sites.map((site) => ({
      ...site,
      busy: site.busy === 'revoking' ? site.busy : null,
      progress: null,
    }));
    this.change({ sites });
  }

  async pauseRefresh(minutes: number | null) {
    this.heard('pauseRefresh', String(minutes));
    this.change({ pausedUntil: minutes === null ? null : instant(minutes) });
  }

  async setPace(site: string, minutes: number | null) {
    this.heard('setPace', site, String(minutes));
    const nextAt = minutes === 0 ? null : instant(minutes ?? 5);
    this.changeSite(site, { pace: { ...this.site(site).pace, minutes, nextAt } });
  }

  async history(site: string, reach: Reach) {
    await this.asked('history', site, reach);
    return this.script.history ?? historyOf(this.site(site), reach);
  }

  async exportHistory(site: string) {
    this.heard('exportHistory', site);
    return `/home/yui/Downloads/tallykey-${site}.csv`;
  }

  async activity(site: string) {
    await this.asked('activity', site);
    return this.script.activity ?? activityOf(this.site(site));
  }

  async countsSetup(site: string) {
    await this.asked('countsSetup', site);
    return { ...setupOf(this.site(site)), ...this.script.wishes };
  }

  async setCounts(site: string, setup: CountsSetup) {
    await this.heard('setCounts', site, JSON.stringify(setup));
    this.script.wishes = setup;
    this.changeSite(site, { counts: countsAs(setup, this.site(site), this.script.tried) });
  }

  async tryCount(site: string, own: OwnCount) {
    await this.heard('tryCount', site, own.filter ?? own.saved?.value ?? '');
    return this.script.tried;
  }

  async savedQueries(site: string) {
    await this.asked('savedQueries', site);
    return this.script.queries;
  }
}
