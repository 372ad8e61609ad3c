import type { AttemptView, ConnectedView, Redirect, SiteView } from '../types';
import { Counting } from './counting';
import { lines } from './providers';
import { instant, refusal, site as newSite } from './sites';

/** Attempts to connect, and how they end. */
export class Connecting extends Counting {
  async startConnect(site: string, wanted: Redirect | null) {
    this.heard('startConnect', site, ...(wanted ? [wanted] : []));
    const { provider, redirect: usual } = this.site(site);
    const redirect = wanted ?? usual;
    const known = this.script.overview.providers.find(({ id }) => id === provider);
    const attempt: AttemptView = {
      id: `attempt-${site}`,
      site,
      endsAt: instant(9.7),
      seconds: 600,
      notOpened: this.script.notOpened && refusal(this.script.notOpened),
      redirect,
      listens: redirect !== 'oob' && redirect !== 'paste',
      insteadOf: null,
      ways: known?.applications[0]?.ways ?? [redirect],
      redirectLine: lines[redirect],
      ...this.script.attempt,
    };
    this.change({ attempt });
    return attempt;
  }

  async waitConnect(attempt: string) {
    this.heard('waitConnect', attempt);
    await new Promise<void>((arrived) => (this.arrived = arrived));
    return this.#end(attempt);
  }

  async switchPerson(attempt: string) {
    await this.heard('switchPerson', attempt);
    const { otherPerson } = this.script.overview;
    if (!otherPerson) throw refusal('attempt_over');
    this.change({ otherPerson: null });
    return this.#connect(otherPerson.site, otherPerson.now);
  }

  async keepPerson() {
    this.heard('keepPerson');
    this.change({ otherPerson: null });
  }

  async reopenBrowser(attempt: string) {
    this.heard('reopenBrowser', attempt);
  }

  async copyConnectLink(attempt: string) {
    this.heard('copyConnectLink', attempt);
  }

  async finishConnect(attempt: string, answer: string) {
    this.heard('finishConnect', attempt, answer);
    return this.#end(attempt);
  }

  async cancelConnect(attempt: string) {
    this.heard('cancelConnect', attempt);
    this.change({ attempt: null });
  }

  async saveConnection(site: string) {
    this.heard('saveConnection', site);
  }

  #end(attempt: string): ConnectedView {
    const site = this.site(this.script.overview.attempt?.site ?? '');
    const now = this.script.stranger;
    if (now && site.identity) {
      const otherPerson = { attempt, site: site.id, before: site.identity, now };
      this.change({ attempt: null, otherPerson });
      throw refusal('other_person', { site: site.name, host: site.host });
    }
    this.change({ attempt: null });
    return this.#connect(site.id, { id: '42', text: '田中 結衣 · Tanaka Yui' });
  }

  #connect(id: string, identity: SiteView['identity']): ConnectedView {
    const before = this.site(id);
    const known = this.script.overview.providers.find((one) => one.id === before.provider);
    const counted = newSite(before.name, before.host, before.provider, [4, 1, 0, 2, 5, 61, 3]);
    const counts = known?.automatic !== false && !known?.choices.length;
    const isMe = (key: string) => known?.choices.find((choice) => choice.key === key)?.me;
    const connected: SiteView = {
      ...counted,
      id,
      // Where only a choice says who it is, nobody knows yet.
      identity: known?.choices.some(({ me }) => me) ? null : identity,
      choices: before.choices.map((one) => (isMe(one.key) ? { ...one, items: [] } : one)),
      counts: before.counts,
      countedAt: before.countedAt,
      connectedAt: instant(0),
      busy: counts ? 'counting' : null,
    };
    if (connected.token) {
      connected.token.expiresAt = instant(120);
      const { missingScopes } = this.script;
      connected.token.missingScopes = missingScopes;
      connected.token.scopes = connected.token.scopes.filter((id) => !missingScopes.includes(id));
    }
    this.changeSite(id, connected);
    // The first counts come after the answer, as an overview.
    const first = { counts: counted.counts, countedAt: instant(0), busy: null };
    if (counts) setTimeout(() => this.changeSite(id, first), this.script.counting);
    return {
      site: connected,
      unsaved: this.script.unsaved && refusal(this.script.unsaved),
      ended: this.script.ended,
    };
  }
}
