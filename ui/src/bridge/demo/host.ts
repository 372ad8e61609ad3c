import type { Host } from '../host';
import type {
  AttemptView,
  ClipboardEnd,
  ClipboardView,
  ConnectedView,
  CountsSetup,
  Goto,
  Overview,
  OwnCount,
  Reach,
  Redirect,
  SiteSetup,
  SiteView,
} from '../types';
import { endAll, give } from './ledger';
import { activityOf, historyOf } from './past';
import { previewOf, sampleToken } from './copying';
import { lines } from './providers';
import { countsAs, setupOf } from './wishes';
import { scriptOf, type Script } from './script';
import { instant, neverConnected, refusal, site as newSite } from './sites';

/** A host without a program behind it: it answers from made-up sites and keeps them up to date. */
export class DemoHost implements Host {
  script: Script;
  #overview: (overview: Overview) => void = () => {};
  #cleared: (end: ClipboardEnd) => void = () => {};
  #otherAnswer: () => void = () => {};
  #go: (place: Goto) => void = () => {};
  /** What the waiting attempt is told when its answer comes by itself. */
  #arrived: (() => void) | null = null;

  constructor(sites: SiteView[], script: Partial<Script> = {}) {
    this.script = scriptOf(sites, script);
  }

  onOverview(listener: (overview: Overview) => void) {
    this.#overview = listener;
  }

  onClipboardCleared(listener: (end: ClipboardEnd) => void) {
    this.#cleared = listener;
  }

  onOtherAnswer(listener: () => void) {
    this.#otherAnswer = listener;
  }

  onGo(listener: (place: Goto) => void) {
    this.#go = listener;
  }

  /** The tray asks the window to show something. */
  go(place: Goto) {
    this.#go(place);
  }

  /** The browser comes back with an answer: the waiting attempt's, or another one. */
  comeBack({ other = false } = {}) {
    if (other) this.#otherAnswer();
    else this.#arrived?.();
  }

  /** Sends a changed overview, as the program does. */
  change(change: Partial<Overview>) {
    this.script.overview = { ...this.script.overview, ...change };
    this.#overview(this.script.overview);
  }

  changeSite(id: string, change: Partial<SiteView>) {
    const sites = this.script.overview.sites.map((site) =>
      site.id === id ? { ...site, ...change } : site,
    );
    this.change({ sites });
  }

  endClipboard(end: ClipboardEnd) {
    this.change({ clipboard: null });
    this.#cleared(end);
  }

  async overview() {
    this.#heard('overview');
    return this.script.overview;
  }

  async checkAddress(provider: string, inputs: { [key in string]?: string }) {
    await this.#heard('checkAddress', provider, JSON.stringify(inputs));
    return this.script.checks;
  }

  async addSite({ name, provider, inputs, application }: Parameters<Host['addSite']>[0]) {
    this.#heard('addSite', name, provider, String(application));
    const host = (inputs.base ?? '').replace(/^https?:\/\//, '');
    const added = neverConnected(newSite(name, host, provider, []));
    this.change({ sites: [...this.script.overview.sites, added] });
    return added;
  }

  async removeSite(site: string) {
    this.#heard('removeSite', site);
    this.change({ sites: this.script.overview.sites.filter(({ id }) => id !== site) });
  }

  async duplicateSite(site: string, name: string) {
    this.#heard('duplicateSite', site, name);
    const { host, provider } = this.#site(site);
    const added = neverConnected(newSite(name, host, provider, []));
    this.change({ sites: [...this.script.overview.sites, added] });
    return added;
  }

  async setClientSecret(site: string, secret: string) {
    this.#heard('setClientSecret', site, secret);
  }

  async acceptDefinition(provider: string, digest: string) {
    this.#heard('acceptDefinition', provider, digest);
    const { providers, sites } = this.script.overview;
    this.change({
      providers: providers.map((one) => (one.id === provider ? { ...one, accepted: true } : one)),
      sites: sites.map((one) => (one.provider === provider ? { ...one, problem: null } : one)),
    });
  }

  async offers(site: string) {
    await this.#heard('offers', site);
    return this.script.offers;
  }

  async choose(site: string, choices: Parameters<Host['choose']>[1]) {
    const words = Object.entries(choices).map(
      ([key, items]) => `${key}=${items.map(({ value }) => value).join('+')}`,
    );
    this.#heard('choose', site, ...words);
    const { choices: before } = this.#site(site);
    this.changeSite(site, {
      choices: before.map((one) => ({ ...one, items: choices[one.key] ?? one.items })),
      trouble: null,
    });
  }

  async startConnect(site: string, wanted: Redirect | null) {
    this.#heard('startConnect', site, ...(wanted ? [wanted] : []));
    const { provider, redirect: usual } = this.#site(site);
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
    this.#heard('waitConnect', attempt);
    await new Promise<void>((arrived) => (this.#arrived = arrived));
    return this.#end(attempt);
  }

  async switchPerson(attempt: string) {
    await this.#heard('switchPerson', attempt);
    const { otherPerson } = this.script.overview;
    if (!otherPerson) throw refusal('attempt_over');
    this.change({ otherPerson: null });
    return this.#connect(otherPerson.site, otherPerson.now);
  }

  async keepPerson() {
    this.#heard('keepPerson');
    this.change({ otherPerson: null });
  }

  async reopenBrowser(attempt: string) {
    this.#heard('reopenBrowser', attempt);
  }

  async copyConnectLink(attempt: string) {
    this.#heard('copyConnectLink', attempt);
  }

  async finishConnect(attempt: string, answer: string) {
    this.#heard('finishConnect', attempt, answer);
    return this.#end(attempt);
  }

  async cancelConnect(attempt: string) {
    this.#heard('cancelConnect', attempt);
    this.change({ attempt: null });
  }

  async saveConnection(site: string) {
    this.#heard('saveConnection', site);
  }

  async copyToken(site: string, format: ClipboardView['format']) {
    this.#heard('copyToken', site, format);
    const { name, token } = this.#site(site);
    this.changeSite(site, { given: give(this.#site(site)) });
    const clipboard: ClipboardView = {
      site,
      siteName: name,
      format,
      tail: token?.tail ?? '',
      tokenUntil: token?.expiresAt ?? null,
      clearsAt: instant(45 / 60),
      seconds: 45,
    };
    this.change({ clipboard });
    return clipboard;
  }

  async clearClipboard(): Promise<ClipboardEnd> {
    this.#heard('clearClipboard');
    this.change({ clipboard: null });
    return 'cleared';
  }

  async endGiven(site: string, tail: string) {
    await this.#heard('endGiven', site, tail);
    const { token, given } = this.#site(site);
    this.changeSite(site, {
      token: token && { ...token, tail: 'b7d1', expiresAt: instant(120) },
      given: endAll(given),
    });
    return this.script.givenEnd;
  }

  async copyText(text: string) {
    this.#heard('copyText', text);
  }

  async refreshCounts(site: string | null) {
    this.#heard('refreshCounts', site ?? 'all');
    const chosen = this.script.overview.sites.filter(
      ({ id, state }) => (site === null || id === site) && state === 'connected',
    );
    for (const { id } of chosen) this.changeSite(id, { busy: 'counting' });
    for (const [index, { id }] of chosen.entries()) {
      const done = { busy: null, trouble: null, countedAt: instant(0) };
      setTimeout(() => this.changeSite(id, done), 700 * (index + 1));
    }
  }

  async revoke(site: string) {
    this.#heard('revoke', site);
    const { revocation } = this.script;
    const pending = revocation.atProvider === 'unreachableQueued';
    const state = pending ? 'revokePending' : 'notConnected';
    const { given } = this.#site(site);
    this.changeSite(site, { state, token: null, given: pending ? given : endAll(given) });
    return revocation;
  }

  async forget(site: string) {
    this.#heard('forget', site);
    this.changeSite(site, { state: 'notConnected', token: null });
  }

  async openPage(page: Parameters<Host['openPage']>[0]) {
    this.#heard('openPage', ...Object.values(page).map(String));
  }

  async useStore(kind: Parameters<Host['useStore']>[0]) {
    this.#heard('useStore', kind);
    const name = kind === 'keychain' ? 'GNOME Keyring' : '';
    this.change({ store: { kind, name, error: null } });
  }

  async saveSettings(settings: Overview['settings']) {
    this.#heard('saveSettings', settings.language, settings.theme);
    this.change({ settings });
  }

  async history(site: string, reach: Reach) {
    await this.#asked('history', site, reach);
    return this.script.history ?? historyOf(this.#site(site), reach);
  }

  async exportHistory(site: string) {
    this.#heard('exportHistory', site);
    return `/home/yui/Downloads/tallykey-${site}.csv`;
  }

  async activity(site: string) {
    await this.#asked('activity', site);
    return this.script.activity ?? activityOf(this.#site(site));
  }

  async countsSetup(site: string) {
    await this.#asked('countsSetup', site);
    return { ...setupOf(this.#site(site)), ...this.script.wishes };
  }

  async setCounts(site: string, setup: CountsSetup) {
    await this.#heard('setCounts', site, JSON.stringify(setup));
    this.script.wishes = setup;
    this.changeSite(site, { counts: countsAs(setup, this.#site(site), this.script.tried) });
  }

  async tryCount(site: string, own: OwnCount) {
    await this.#heard('tryCount', site, own.filter ?? own.saved?.value ?? '');
    return this.script.tried;
  }

  async savedQueries(site: string) {
    await this.#asked('savedQueries', site);
    return this.script.queries;
  }

  async setPace(site: string, minutes: number | null) {
    this.#heard('setPace', site, String(minutes));
    const nextAt = minutes === 0 ? null : instant(minutes ?? 5);
    this.changeSite(site, { pace: { ...this.#site(site).pace, minutes, nextAt } });
  }

  async stopRefresh() {
    this.#heard('stopRefresh');
    const sites = this.script.overview.sites.map((site) => ({
      ...site,
      busy: site.busy === 'revoking' ? site.busy : null,
      progress: null,
    }));
    this.change({ sites });
  }

  async pauseRefresh(minutes: number | null) {
    this.#heard('pauseRefresh', String(minutes));
    this.change({ pausedUntil: minutes === null ? null : instant(minutes) });
  }

  async closeWindow() {
    this.#heard('closeWindow');
  }

  async quit() {
    this.#heard('quit');
  }

  async siteSetup(site: string): Promise<SiteSetup> {
    await this.#heard('siteSetup', site);
    return { ...this.script.setup, name: this.#site(site).name };
  }

  async editSite(site: string, setup: SiteSetup, secret: string | null) {
    await this.#heard('editSite', site, setup.name, setup.clientId, String(secret));
    const host = (setup.inputs.base ?? '').replace(/^https?:\/\//, '');
    this.changeSite(site, { name: setup.name, host: host || this.#site(site).host });
    return this.#site(site);
  }

  async testSite(site: string) {
    await this.#heard('testSite', site);
    return { identity: this.#site(site).identity, milliseconds: 212 };
  }

  async copyPreview(site: string, format: ClipboardView['format']) {
    this.#heard('copyPreview', site, format);
    return previewOf(this.#site(site), format);
  }

  async revealToken(site: string) {
    await this.#heard('revealToken', site);
    return sampleToken;
  }

  async exportSites(sites: string[]) {
    this.#heard('exportSites', ...sites);
    return '/home/yui/Downloads/kaizen-core.tallykey';
  }

  async readSiteFile(text: string) {
    this.#heard('readSiteFile', text);
    return this.script.imported;
  }

  async doctor() {
    await this.#heard('doctor');
    return this.script.doctor;
  }

  async setZoom(factor: number) {
    this.#heard('setZoom', String(factor));
    document.documentElement.style.zoom = String(factor);
  }

  #end(attempt: string): ConnectedView {
    const site = this.#site(this.script.overview.attempt?.site ?? '');
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
    const before = this.#site(id);
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
      connected.token.missingScopes = this.script.missingScopes;
    }
    this.changeSite(id, connected);
    // The first counts come after the answer, as an overview.
    const first = { counts: counted.counts, countedAt: instant(0), busy: null };
    if (counts) setTimeout(() => this.changeSite(id, first), this.script.counting);
    return { site: connected, unsaved: this.script.unsaved && refusal(this.script.unsaved) };
  }

  /** Notes a call, and refuses it or never answers it where the script says so. */
  #heard(method: keyof Host, ...words: string[]): Promise<void> | void {
    this.script.calls.push(`${method}(${words.join(', ')})`);
    return this.#answer(method);
  }

  /** As `#heard`, for what the page asks on its own. */
  #asked(method: keyof Host, ...words: string[]): Promise<void> | void {
    this.script.reads.push(`${method}(${words.join(', ')})`);
    return this.#answer(method);
  }

  #answer(method: keyof Host): Promise<void> | void {
    if (this.script.silent.includes(method)) return new Promise(() => undefined);
    const code = this.script.refuse[method];
    if (!code) return;
    throw refusal(code, { host: 'redmine.example.jp', site: 'Kaizen Core' });
  }

  #site(id: string): SiteView {
    const found = this.script.overview.sites.find((site) => site.id === id);
    if (!found) throw refusal('no_such_site');
    return found;
  }
}
