// The only file that knows Tauri. Each method calls the command of the same name.
import { invoke, isTauri } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { asFailure } from './failure';
import type {
  ActivityView,
  AttemptView,
  AuthorityView,
  CheckView,
  ClipboardEnd,
  ClipboardView,
  ConnectedView,
  CopyFormat,
  CountsSetup,
  DoctorLine,
  GivenEnd,
  Goto,
  HistoryView,
  ImportedSite,
  ItemView,
  NewSite,
  OfferView,
  Overview,
  OwnCount,
  Page,
  Reach,
  Redirect,
  RevocationView,
  Settings,
  SiteSetup,
  SiteView,
  StoreKind,
  TestView,
  TrustedView,
} from './types';

type Inputs = NewSite['inputs'];

/** What the window can ask of the program. Every rejection is a `Failure`. */
export interface Host {
  overview(): Promise<Overview>;
  /** With the fingerprint of a certificate that was kept, it is trusted too. */
  checkAddress(provider: string, inputs: Inputs, authority?: string): Promise<CheckView[]>;
  addSite(site: NewSite): Promise<SiteView>;
  removeSite(site: string): Promise<void>;
  /** The order of the list from now on. */
  arrangeSites(sites: string[]): Promise<void>;
  /** Another account at the same instance, with the same application. */
  duplicateSite(site: string, name: string): Promise<SiteView>;
  setClientSecret(site: string, secret: string): Promise<void>;
  /** A person's own definition may be used from now on, if it still is what was shown. */
  acceptDefinition(provider: string, digest: string): Promise<void>;
  /** What a connected site offers to choose from; asks the site. */
  offers(site: string): Promise<OfferView[]>;
  choose(site: string, choices: Record<string, ItemView[]>): Promise<void>;
  /** The wishes for every count that can be shown, in the order in which they are shown. */
  countsSetup(site: string): Promise<CountsSetup>;
  setCounts(site: string, setup: CountsSetup): Promise<void>;
  /** The number of a count that is not kept yet; asks the site. Rejects with `filter_unknown` or
   * `filter_refused` and the server's words in `detail`. */
  tryCount(site: string, own: OwnCount): Promise<number>;
  /** The queries that are saved at the site; asks the site. */
  savedQueries(site: string): Promise<ItemView[]>;
  /** The way back as the site says when `redirect` is null. */
  startConnect(site: string, redirect: Redirect | null): Promise<AttemptView>;
  /** How an attempt ends whose answer comes by itself; rejects with `other_person` when somebody else
   * signed in, and then the overview has `otherPerson`. */
  waitConnect(attempt: string): Promise<ConnectedView>;
  /** The site belongs to the person who signed in now. */
  switchPerson(attempt: string): Promise<ConnectedView>;
  /** The site stays as it was; what was granted now is ended. */
  keepPerson(): Promise<void>;
  reopenBrowser(attempt: string): Promise<void>;
  copyConnectLink(attempt: string): Promise<void>;
  finishConnect(attempt: string, answer: string): Promise<ConnectedView>;
  cancelConnect(attempt: string): Promise<void>;
  /** Tries again to save a connection that the store did not take. */
  saveConnection(site: string): Promise<void>;
  copyToken(site: string, format: CopyFormat): Promise<ClipboardView>;
  clearClipboard(): Promise<ClipboardEnd>;
  /** Ends the access token that was given away by replacing it; whether the server refuses it now. */
  endGiven(site: string, tail: string): Promise<GivenEnd>;
  /** For text that is no secret; the web view's own clipboard is not available everywhere. */
  copyText(text: string): Promise<void>;
  /** All sites when `site` is null. */
  refreshCounts(site: string | null): Promise<void>;
  /** What is under way ends; counts of before stay. */
  stopRefresh(): Promise<void>;
  /** Nothing is asked by itself for so many minutes; null: go on. */
  pauseRefresh(minutes: number | null): Promise<void>;
  /** Minutes between two rounds of a site; null: as the settings say, 0: only when I ask. */
  setPace(site: string, minutes: number | null): Promise<void>;
  revoke(site: string): Promise<RevocationView>;
  forget(site: string): Promise<void>;
  openPage(page: Page): Promise<void>;
  /** Keeps secrets elsewhere; from one place that lasts to the other they are moved. */
  useStore(kind: StoreKind): Promise<void>;
  /** Opens the encrypted file, or makes it. */
  openVault(passphrase: string, isNew: boolean): Promise<void>;
  changePassphrase(before: string, after: string): Promise<void>;
  /** For who forgot the passphrase: the file is kept under another name. */
  setVaultAside(): Promise<void>;
  /** All but the proxy, and where secrets are. */
  saveSettings(settings: Settings): Promise<void>;
  /** Of its own: the terminal and the person's own hand may have changed it meanwhile. */
  saveProxy(proxy: string): Promise<void>;
  /** How a site's counts went; today is the last day. */
  history(site: string, reach: Reach): Promise<HistoryView>;
  /** Writes all that is kept of a site's counts into the Downloads folder; the file's path. */
  exportHistory(site: string): Promise<string>;
  /** What was done with a site lately, newest first. */
  activity(site: string): Promise<ActivityView[]>;

  siteSetup(site: string): Promise<SiteSetup>;
  /** A `null` secret leaves the saved one as it is. Rejects with `connected_elsewhere` where the change
   * would part the site from its connection, unless that is to be left unused. */
  editSite(
    site: string,
    setup: SiteSetup,
    clientSecret: string | null,
    leave?: boolean,
  ): Promise<SiteView>;
  /** What a file holds; nothing is kept. */
  readAuthority(content: number[]): Promise<AuthorityView>;
  /** Keeps the certificate of a file, to be trusted for the site that names it. */
  keepAuthority(content: number[]): Promise<AuthorityView>;
  /** Trusts a kept certificate for a site; null: only what the system trusts. */
  trustAuthority(site: string, authority: string | null): Promise<void>;
  authorities(): Promise<TrustedView[]>;
  /** No site trusts it from then on. */
  removeAuthority(authority: string): Promise<void>;
  /** Asks the site who the token belongs to. */
  testSite(site: string): Promise<TestView>;
  /** What would be copied, with the token masked. */
  copyPreview(site: string, format: CopyFormat): Promise<string>;
  /** The access token, for as long as a person holds the button: never kept. */
  revealToken(site: string): Promise<string>;
  /** Writes a file without secrets; its path. */
  exportSites(sites: string[]): Promise<string>;
  readSiteFile(text: string): Promise<ImportedSite[]>;
  /** In a language of the catalog; English where none is named. */
  doctor(language?: string): Promise<DoctorLine[]>;
  /** The web view's own zoom, so that the layout follows; 1 is 100 %. */
  setZoom(factor: number): Promise<void>;
  /** As the window's own button does: it may stay in the tray. */
  closeWindow(): Promise<void>;
  quit(): Promise<void>;

  /** These return at once; the listener lives as long as the window. */
  onOverview(listener: (overview: Overview) => void): void;
  onClipboardCleared(listener: (end: ClipboardEnd) => void): void;
  /** The browser brought an answer that is not the waiting attempt's. */
  onOtherAnswer(listener: () => void): void;
  /** Something outside of the window, such as the tray, asks it to show a place. */
  onGo(listener: (place: Goto) => void): void;
}

export const runsInTauri = isTauri;

async function call<T>(command: string, args?: Record<string, unknown>): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (thrown) {
    throw asFailure(thrown);
  }
}

export const host: Host = {
  overview: () => call('overview'),
  checkAddress: (provider, inputs, authority) =>
    call('check_address', { provider, inputs, authority }),
  addSite: (site) => call('add_site', { site }),
  removeSite: (site) => call('remove_site', { site }),
  arrangeSites: (sites) => call('arrange_sites', { sites }),
  duplicateSite: (site, name) => call('duplicate_site', { site, name }),
  setClientSecret: (site, secret) => call('set_client_secret', { site, secret }),
  acceptDefinition: (provider, digest) => call('accept_definition', { provider, digest }),
  offers: (site) => call('offers', { site }),
  choose: (site, choices) => call('choose', { site, choices }),
  countsSetup: (site) => call('counts_setup', { site }),
  setCounts: (site, setup) => call('set_counts', { site, setup }),
  tryCount: (site, own) => call('try_count', { site, own }),
  savedQueries: (site) => call('saved_queries', { site }),
  startConnect: (site, redirect) => call('start_connect', { site, redirect }),
  waitConnect: (attempt) => call('wait_connect', { attempt }),
  switchPerson: (attempt) => call('switch_person', { attempt }),
  keepPerson: () => call('keep_person'),
  reopenBrowser: (attempt) => call('reopen_browser', { attempt }),
  copyConnectLink: (attempt) => call('copy_connect_link', { attempt }),
  finishConnect: (attempt, answer) => call('finish_connect', { attempt, answer }),
  cancelConnect: (attempt) => call('cancel_connect', { attempt }),
  saveConnection: (site) => call('save_connection', { site }),
  copyToken: (site, format) => call('copy_token', { site, format }),
  clearClipboard: () => call('clear_clipboard'),
  endGiven: (site, tail) => call('end_given', { site, tail }),
  copyText: (text) => call('copy_text', { text }),
  refreshCounts: (site) => call('refresh_counts', { site }),
  stopRefresh: () => call('stop_refresh'),
  pauseRefresh: (minutes) => call('pause_refresh', { minutes }),
  setPace: (site, minutes) => call('set_pace', { site, minutes }),
  revoke: (site) => call('revoke', { site }),
  forget: (site) => call('forget', { site }),
  openPage: (page) => call('open_page', { page }),
  useStore: (kind) => call('use_store', { kind }),
  openVault: (passphrase, isNew) => call('open_vault', { passphrase, isNew }),
  changePassphrase: (before, after) => call('change_passphrase', { before, after }),
  setVaultAside: () => call('set_vault_aside'),
  saveSettings: (settings) => call('save_settings', { settings }),
  saveProxy: (proxy) => call('save_proxy', { proxy }),
  history: (site, reach) => call('history', { site, reach }),
  exportHistory: (site) => call('export_history', { site }),
  activity: (site) => call('activity', { site }),
  siteSetup: (site) => call('site_setup', { site }),
  editSite: (site, setup, clientSecret, leave) =>
    call('edit_site', { site, setup, clientSecret, leave }),
  readAuthority: (content) => call('read_authority', { content }),
  keepAuthority: (content) => call('keep_authority', { content }),
  trustAuthority: (site, authority) => call('trust_authority', { site, authority }),
  authorities: () => call('authorities'),
  removeAuthority: (authority) => call('remove_authority', { authority }),
  testSite: (site) => call('test_site', { site }),
  copyPreview: (site, format) => call('copy_preview', { site, format }),
  revealToken: (site) => call('reveal_token', { site }),
  exportSites: (sites) => call('export_sites', { sites }),
  readSiteFile: (text) => call('read_site_file', { text }),
  doctor: (language) => call('doctor', { language }),
  setZoom: (factor) => call('set_zoom', { factor }),
  closeWindow: () => call('close_window'),
  quit: () => call('quit'),

  onOverview: (listener) => void listen<Overview>('overview', (event) => listener(event.payload)),
  onClipboardCleared: (listener) =>
    void listen<ClipboardEnd>('clipboard-cleared', (event) => listener(event.payload)),
  onOtherAnswer: (listener) => void listen('other-answer', () => listener()),
  onGo: (listener) => void goOn(listener),
};

/** Whatever was asked before anybody listened waits in the program. */
async function goOn(listener: (place: Goto) => void): Promise<void> {
  await listen<Goto>('go', (event) => listener(event.payload));
  const waiting: Goto | null = await call('waiting_go');
  if (waiting) listener(waiting);
}
