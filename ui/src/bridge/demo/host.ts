import type { Host } from '../host';
import type { ClipboardEnd, ClipboardView, Overview, SiteSetup } from '../types';
import { Connecting } from './connecting';
import { previewOf, sampleToken } from './copying';
import { doctorIn } from './doctor';
import { endAll, give } from './ledger';
import { passed } from './script';
import { instant, neverConnected, site as newSite } from './sites';

/** A host without a program behind it: it answers from made-up sites and keeps them up to date. */
export class DemoHost extends Connecting implements Host {
  async overview() {
    this.heard('overview');
    return this.script.overview;
  }

  async checkAddress(provider: string, inputs: { [key in string]?: string }, authority?: string) {
    const more = authority ? [authority.slice(0, 4)] : [];
    await this.heard('checkAddress', provider, JSON.stringify(inputs), ...more);
    return authority ? passed : this.script.checks;
  }

  async addSite({
    name,
    provider,
    inputs,
    application,
    scopes = [],
  }: Parameters<Host['addSite']>[0]) {
    this.heard('addSite', name, provider, String(application), ...scopes);
    const host = (inputs.base ?? '').replace(/^https?:\/\//, '');
    const added = neverConnected(newSite(name, host, provider, []));
    this.change({ sites: [...this.script.overview.sites, added] });
    return added;
  }

  async removeSite(site: string) {
    this.heard('removeSite', site);
    this.change({ sites: this.script.overview.sites.filter(({ id }) => id !== site) });
  }

  async arrangeSites(sites: string[]) {
    await this.heard('arrangeSites', ...sites);
    const { sites: before } = this.script.overview;
    const place = ({ id }: (typeof before)[number]) => sites.indexOf(id);
    this.change({ sites: before.toSorted((a, b) => place(a) - place(b)) });
  }

  async duplicateSite(site: string, name: string) {
    this.heard('duplicateSite', site, name);
    const { host, provider } = this.site(site);
    const added = neverConnected(newSite(name, host, provider, []));
    this.change({ sites: [...this.script.overview.sites, added] });
    return added;
  }

  async setClientSecret(site: string, secret: string) {
    this.heard('setClientSecret', site, secret);
  }

  async acceptDefinition(provider: string, digest: string) {
    this.heard('acceptDefinition', provider, digest);
    const { providers, sites } = this.script.overview;
    this.change({
      providers: providers.map((one) => (one.id === provider ? { ...one, accepted: true } : one)),
      sites: sites.map((one) => (one.provider === provider ? { ...one, problem: null } : one)),
    });
  }

  async copyToken(site: string, format: ClipboardView['format']) {
    this.heard('copyToken', site, format);
    const { name, token } = this.site(site);
    this.changeSite(site, { given: give(this.site(site)) });
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
    this.heard('clearClipboard');
    this.change({ clipboard: null });
    return 'cleared';
  }

  async endGiven(site: string, tail: string) {
    await this.heard('endGiven', site, tail);
    const { token, given } = this.site(site);
    this.changeSite(site, {
      token: token && { ...token, tail: 'b7d1', expiresAt: instant(120) },
      given: endAll(given),
    });
    return this.script.givenEnd;
  }

  async copyText(text: string) {
    this.heard('copyText', text);
  }

  async revoke(site: string) {
    await this.heard('revoke', site);
    const { revocation } = this.script;
    const pending = revocation.atProvider === 'unreachableQueued';
    const state = pending ? 'revokePending' : 'notConnected';
    const { given } = this.site(site);
    this.changeSite(site, { state, token: null, given: pending ? given : endAll(given) });
    return revocation;
  }

  async forget(site: string) {
    this.heard('forget', site);
    this.changeSite(site, { state: 'notConnected', token: null });
  }

  async openPage(page: Parameters<Host['openPage']>[0]) {
    this.heard('openPage', ...Object.values(page).map(String));
  }

  async useStore(kind: Parameters<Host['useStore']>[0]) {
    await this.heard('useStore', kind);
    const { store, settings } = this.script.overview;
    const name = kind === 'keychain' ? 'GNOME Keyring' : '';
    const byVault = { missing: 'vault_missing', locked: 'vault_locked', open: null } as const;
    const error = kind === 'vault' ? byVault[store.vault] : null;
    const secrets = kind === 'memory' ? settings.secrets : kind;
    this.change({ store: { ...store, kind, name, error }, settings: { ...settings, secrets } });
  }

  async openVault(passphrase: string, isNew: boolean) {
    await this.heard('openVault', passphrase, String(isNew));
    const { store } = this.script.overview;
    const error = store.kind === 'vault' ? null : store.error;
    this.change({ store: { ...store, error, vault: 'open' } });
  }

  async changePassphrase(before: string, after: string) {
    await this.heard('changePassphrase', before, after);
  }

  async setVaultAside() {
    await this.heard('setVaultAside');
    const { store } = this.script.overview;
    const error = store.kind === 'vault' ? 'vault_missing' : store.error;
    this.change({ store: { ...store, error, vault: 'missing' } });
  }

  async saveSettings(settings: Overview['settings']) {
    this.heard('saveSettings', settings.language, settings.theme);
    const { proxy } = this.script.overview.settings;
    this.change({ settings: { ...settings, proxy } });
  }

  async saveProxy(proxy: string) {
    await this.heard('saveProxy', proxy);
    this.change({ settings: { ...this.script.overview.settings, proxy } });
  }

  async closeWindow() {
    this.heard('closeWindow');
  }

  async quit() {
    this.heard('quit');
  }

  async siteSetup(site: string): Promise<SiteSetup> {
    await this.heard('siteSetup', site);
    return { ...this.script.setup, name: this.site(site).name };
  }

  async editSite(site: string, setup: SiteSetup, secret: string | null) {
    await this.heard('editSite', site, setup.name, setup.clientId, String(secret));
    const host = (setup.inputs.base ?? '').replace(/^https?:\/\//, '');
    this.changeSite(site, { name: setup.name, host: host || this.site(site).host });
    return this.site(site);
  }

  async readAuthority() {
    await this.heard('readAuthority');
    return this.script.authority;
  }

  async keepAuthority() {
    await this.heard('keepAuthority');
    return this.script.authority;
  }

  async trustAuthority(site: string, authority: string | null) {
    await this.heard('trustAuthority', site, authority?.slice(0, 4) ?? 'null');
    const { authorities, authority: read } = this.script;
    const { name } = this.site(site);
    const others = authorities.filter(({ ids }) => !ids.includes(site));
    const one = {
      fingerprint: read.fingerprint,
      authority: read,
      sites: [name],
      ids: [site],
    };
    this.script.authorities = authority ? [...others, one] : others;
    this.changeSite(site, { trouble: null });
  }

  async authorities() {
    await this.asked('authorities');
    return this.script.authorities;
  }

  async removeAuthority(authority: string) {
    await this.heard('removeAuthority', authority.slice(0, 4));
    const { authorities } = this.script;
    this.script.authorities = authorities.filter(({ fingerprint }) => fingerprint !== authority);
  }

  async testSite(site: string) {
    await this.heard('testSite', site);
    return { identity: this.site(site).identity, milliseconds: 212 };
  }

  async copyPreview(site: string, format: ClipboardView['format']) {
    this.heard('copyPreview', site, format);
    return previewOf(this.site(site), format);
  }

  async revealToken(site: string) {
    await this.heard('revealToken', site);
    return sampleToken;
  }

  async exportSites(sites: string[]) {
    this.heard('exportSites', ...sites);
    return '/home/yui/Downloads/kaizen-core.tallykey';
  }

  async readSiteFile(text: string) {
    this.heard('readSiteFile', text);
    return this.script.imported;
  }

  async doctor(language = 'en') {
    await this.heard('doctor');
    return doctorIn(language);
  }

  async setZoom(factor: number) {
    this.heard('setZoom', String(factor));
    document.documentElement.style.zoom = String(factor);
  }
}
