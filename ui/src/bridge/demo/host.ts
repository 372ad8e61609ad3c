import type { Host } from '../host';
import type {
  CheckView,
  ClipboardEnd,
  ClipboardView,
  ErrorCode,
  Overview,
  RevocationView,
  SiteView,
} from '../types';
import { providers } from './providers';
import { instant, neverConnected, refusal, site as newSite } from './sites';

/** What a demo or a test can arrange before it asks. */
export type Script = {
  overview: Overview;
  /** Methods that refuse, and how. */
  refuse: Partial<Record<keyof Host, ErrorCode>>;
  revocation: RevocationView;
  checks: CheckView[];
  /** The connection works but could not be saved. */
  unsaved: ErrorCode | null;
  /** The browser does not open. */
  notOpened: ErrorCode | null;
  missingScopes: string[];
  /** Milliseconds from the end of a connect to its first counts. */
  counting: number;
  /** Every call, as "method(argument, argument)". */
  calls: string[];
};

export function overviewOf(sites: SiteView[]): Overview {
  return {
    sites,
    providers,
    store: { kind: 'keychain', name: 'GNOME Keyring', error: null },
    clipboard: null,
    settings: { language: 'system', theme: 'system' },
    attempt: null,
  };
}

const passed: CheckView[] = [
  {
    id: 'reach',
    label: { en: 'Answers over HTTPS', ja: 'HTTPS で応答しました' },
    milliseconds: 212,
    error: null,
  },
  {
    id: 'product',
    label: { en: 'Redmine found, 6.1 or newer', ja: 'Redmine 6.1 以降を検出しました' },
    milliseconds: 40,
    error: null,
  },
  {
    id: 'oauth',
    label: { en: 'OAuth2 is available', ja: 'OAuth2 が使えます' },
    milliseconds: 38,
    error: null,
  },
];

/** A host without a program behind it: it answers from made-up sites and keeps them up to date. */
export class DemoHost implements Host {
  script: Script;
  #overview: (overview: Overview) => void = () => {};
  #cleared: (end: ClipboardEnd) => void = () => {};

  constructor(sites: SiteView[], script: Partial<Script> = {}) {
    this.script = {
      overview: overviewOf(sites),
      refuse: {},
      revocation: {
        atProvider: 'confirmed',
        at: instant(0),
        status: 200,
        refusedWith: 401,
        forgottenHere: true,
        hasPage: true,
      },
      checks: passed,
      unsaved: null,
      notOpened: null,
      missingScopes: [],
      counting: 0,
      calls: [],
      ...script,
    };
  }

  onOverview(listener: (overview: Overview) => void) {
    this.#overview = listener;
  }

  onClipboardCleared(listener: (end: ClipboardEnd) => void) {
    this.#cleared = listener;
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
    this.#heard('checkAddress', provider, JSON.stringify(inputs));
    return this.script.checks;
  }

  async addSite({ name, provider, inputs }: Parameters<Host['addSite']>[0]) {
    this.#heard('addSite', name);
    const host = (inputs.base ?? '').replace(/^https?:\/\//, '');
    const added = neverConnected(newSite(name, host, provider, []));
    this.change({ sites: [...this.script.overview.sites, added] });
    return added;
  }

  async removeSite(site: string) {
    this.#heard('removeSite', site);
    this.change({ sites: this.script.overview.sites.filter(({ id }) => id !== site) });
  }

  async startConnect(site: string) {
    this.#heard('startConnect', site);
    const attempt = {
      id: `attempt-${site}`,
      site,
      endsAt: instant(9.7),
      seconds: 600,
      notOpened: this.script.notOpened && refusal(this.script.notOpened),
    };
    this.change({ attempt });
    return attempt;
  }

  async reopenBrowser(attempt: string) {
    this.#heard('reopenBrowser', attempt);
  }

  async copyConnectLink(attempt: string) {
    this.#heard('copyConnectLink', attempt);
  }

  async finishConnect(attempt: string, answer: string) {
    this.#heard('finishConnect', attempt, answer);
    const id = this.script.overview.attempt?.site ?? '';
    const before = this.#site(id);
    const counted = newSite(before.name, before.host, before.provider, [4, 1, 0, 2, 5, 61, 3]);
    const connected: SiteView = {
      ...counted,
      id,
      identity: { id: '42', text: '田中 結衣 · Tanaka Yui' },
      counts: before.counts,
      countedAt: before.countedAt,
      connectedAt: instant(0),
      busy: 'counting',
    };
    if (connected.token) {
      connected.token.expiresAt = instant(120);
      connected.token.missingScopes = this.script.missingScopes;
    }
    this.change({ attempt: null });
    this.changeSite(id, connected);
    // The first counts come after the answer, as an overview.
    const first = { counts: counted.counts, countedAt: instant(0), busy: null };
    setTimeout(() => this.changeSite(id, first), this.script.counting);
    return { site: connected, unsaved: this.script.unsaved && refusal(this.script.unsaved) };
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
    this.changeSite(site, { state, token: null });
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

  #heard(method: keyof Host, ...words: string[]) {
    this.script.calls.push(`${method}(${words.join(', ')})`);
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
