import { createContext } from 'svelte';
import type { Failure } from '../bridge/failure';
import type { Host } from '../bridge/host';
import type {
  AttemptView,
  ClipboardEnd,
  CopyFormat,
  GivenView,
  Goto,
  ImportedSite,
  Overview,
  Page,
  ProviderView,
  Settings,
  SiteView,
  StoreKind,
} from '../bridge/types';
import { asFailure } from '../bridge/failure';
import { t } from '../i18n';
import { Arranging } from './arranging.svelte';
import { Filter, type Arranged } from './filter.svelte';
import { keep, kept } from './kept';
import { densityOf, type Density } from './numbers';
import { plainOverview } from './plain';
import { Round } from './round.svelte';
import { Testing } from './testing.svelte';
import { Zoom } from './zoom';

export type OpenDialog =
  | { kind: 'add'; given?: ImportedSite }
  | { kind: 'connect'; site: SiteView; attempt?: AttemptView }
  | { kind: 'choose'; site: SiteView }
  | { kind: 'counts'; site: SiteView }
  | { kind: 'account'; site: SiteView; name?: string }
  /** `revokes` where a revocation waits for the secret. */
  | { kind: 'secret'; site: SiteView; revokes?: boolean }
  | { kind: 'endGiven'; site: SiteView; given: GivenView }
  | { kind: 'accept'; provider: ProviderView }
  | { kind: 'revoke'; site: SiteView; atOnce?: boolean }
  | { kind: 'remove'; site: SiteView }
  | { kind: 'forget'; site: SiteView }
  | { kind: 'edit'; site: SiteView }
  | { kind: 'trust'; site: SiteView }
  /** What a site file holds and was not added yet. */
  | { kind: 'import' }
  | { kind: 'palette' }
  | { kind: 'shortcuts' }
  | { kind: 'settings'; about?: boolean }
  | { kind: 'unlock' };

/** After these a site file goes on with its next site. */
const stepsOfImport: OpenDialog['kind'][] = ['add', 'connect', 'choose'];

/** What the window can change over to, and back. */
export type Stage = { tryDemo?: () => Promise<void>; leaveDemo?: () => void };

const formats = new Set<string>(['raw', 'header', 'curl', 'httpie', 'powershell', 'env', 'json']);

/** Something a person asked for that did not work; shown where it was asked for. */
export type Refusal = { site: string | null; failure: Failure };

/**
 * Everything the window shows. The program sends the overview whole on every change, so there is
 * nothing here to keep in step; the rest is what the person has open.
 */
export class Desk {
  readonly host: Host;
  readonly filter = new Filter();
  readonly arranging: Arranging;
  readonly round = new Round();
  readonly zoom: Zoom;
  readonly testing: Testing;
  readonly stage: Stage;

  overview = $state.raw<Overview | null>(null);
  /** Why there is no overview. */
  broken = $state.raw<Failure | null>(null);
  /** The site whose detail is open. */
  opened = $state<string | null>(null);
  /** The row the keyboard is on. */
  focused = $state<string | null>(null);
  refusal = $state.raw<Refusal | null>(null);
  /** The browser brought an answer that the waiting attempt had not asked for. */
  otherAnswer = $state(false);
  /** The notice of a wrong clock was read; the status bar keeps it. */
  clockRead = $state(false);
  /** How the last copy left the clipboard, while its toast is shown. */
  cleared = $state<ClipboardEnd | null>(null);
  /** Something that was done, told for a moment. */
  told = $state<string | null>(null);
  /** The sites of a file that are left to be added. */
  imported = $state.raw<ImportedSite[]>([]);
  /** The form a token was copied in last. */
  form = $state(formKept());

  readonly #groups = $derived.by((): Arranged[] => {
    const shown = this.filter.apply(this.sites, this.overview?.providers ?? []);
    return this.filter.arrange(shown, this.density);
  });
  readonly #order = $derived(this.#groups.flatMap(({ sites }) => sites));
  /** The notice about the history was read. */
  historyRead = $state(false);

  #dialog = $state.raw<OpenDialog | null>(null);
  /** Where the window was last asked to go while something was being answered. */
  #later: Goto | null = null;
  #clearedTimer: ReturnType<typeof setTimeout> | undefined;
  #toldTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, stage: Stage = {}) {
    this.host = host;
    this.stage = stage;
    this.arranging = new Arranging(this);
    this.zoom = new Zoom(host);
    this.testing = new Testing(host);
    host.onGo((place) => void this.go(place));
    host.onOverview((overview) => this.show(overview));
    host.onClipboardCleared((end) => this.#showCleared(end));
    host.onOtherAnswer(() => (this.otherAnswer = true));
  }

  get sites(): SiteView[] {
    return this.arranging.apply(this.overview?.sites ?? []);
  }

  get dialog(): OpenDialog | null {
    return this.#dialog;
  }

  set dialog(dialog: OpenDialog | null) {
    const goesOn =
      this.imported.length > 0 && stepsOfImport.includes(this.#dialog?.kind ?? 'import');
    this.#dialog = dialog ?? (goesOn ? { kind: 'import' } : null);
    // It was read where it happened.
    this.refusal = null;
    // Whoever closes a dialog may open the next one at once.
    queueMicrotask(() => this.#goNow());
  }

  #goNow(): void {
    if (this.#later && !this.dialog) void this.go(this.#later);
  }

  /** What the page itself has to tell of; a dialog before it tells of its own. */
  get refusalOfPage(): Refusal | null {
    return this.dialog ? null : this.refusal;
  }

  /** The sites the filter lets through, as the list shows them. */
  get groups(): Arranged[] {
    return this.#groups;
  }

  get order(): SiteView[] {
    return this.#order;
  }

  get density(): Density {
    return densityOf(this.sites.length, this.overview?.settings.rows);
  }

  get openedSite(): SiteView | null {
    return this.site(this.opened);
  }

  site(id: string | null): SiteView | null {
    return this.sites.find((site) => site.id === id) ?? null;
  }

  provider(id: string): ProviderView | null {
    return this.overview?.providers.find((provider) => provider.id === id) ?? null;
  }

  isNameTaken(name: string): boolean {
    const wanted = name.trim().toLowerCase();
    return this.sites.some((site) => site.name.toLowerCase() === wanted);
  }

  async start(): Promise<void> {
    this.broken = null;
    try {
      const overview = await this.host.overview();
      this.show(overview);
      this.#goOn(overview);
    } catch (thrown) {
      this.broken = asFailure(thrown);
    }
  }

  /** The page was loaded anew while a connect waited for its answer, or for a decision. */
  #goOn({ attempt, otherPerson }: Overview): void {
    const site = this.site(otherPerson?.site ?? attempt?.site ?? null);
    if (site) this.dialog = { kind: 'connect', site, attempt: attempt ?? undefined };
  }

  /** Asks for what the program would send by itself a moment later. */
  async look(): Promise<void> {
    try {
      this.show(await this.host.overview());
    } catch {
      // What is shown stays; the program sends it anew.
    }
  }

  show(sent: Overview): void {
    const overview = plainOverview(sent);
    this.overview = overview;
    this.round.follow(overview.sites);
    if (overview.clockAhead === null) this.clockRead = false;
    if (overview.historyTrouble === null) this.historyRead = false;
    if (this.opened && !this.openedSite) this.opened = null;
  }

  /** What is shown in its new order is so now, whether or not the program has said it yet. */
  keepOrder(): void {
    if (this.overview) this.overview = { ...this.overview, sites: this.sites };
  }

  open(site: string): void {
    if (site !== this.testing.site) this.testing.forget();
    this.opened = site;
    this.focused = site;
    if (this.refusal?.site !== site) this.refusal = null;
  }

  back(): void {
    this.testing.forget();
    this.opened = null;
    this.refusal = null;
  }

  refresh(site: string | null): Promise<void> {
    return this.#tryTo(site, () => this.host.refreshCounts(site));
  }

  stopRefresh(): Promise<void> {
    return this.#tryTo(null, () => this.host.stopRefresh());
  }

  /** Nothing is asked by itself for so many minutes; goes on when null. */
  pauseRefresh(minutes: number | null): Promise<void> {
    return this.#tryTo(null, () => this.host.pauseRefresh(minutes));
  }

  setPace(site: string, minutes: number | null): Promise<void> {
    return this.#tryTo(site, () => this.host.setPace(site, minutes));
  }

  /** Tests its connection where what is found can be read. */
  test(site: string): Promise<void> {
    this.open(site);
    return this.testing.run(site);
  }

  exportHistory(site: string): Promise<void> {
    return this.#tryTo(site, async () =>
      this.#tell(t('trend.exported', { path: await this.host.exportHistory(site) })),
    );
  }

  openPage(site: string | null, page: Page): Promise<void> {
    return this.#tryTo(site, () => this.host.openPage(page));
  }

  useStore(kind: StoreKind): Promise<void> {
    return this.#tryTo(null, () => this.host.useStore(kind));
  }

  /** Something outside of the window asks it to show a place. What is being answered comes first. */
  async go(place: Goto): Promise<void> {
    // It may have been asked before there was anything to show.
    if (!this.overview) await this.look();
    const waits = this.dialog !== null && this.dialog.kind !== 'palette';
    this.#later = waits ? place : null;
    if (waits) return;
    const site = 'site' in place ? this.site(place.site) : null;
    this.dialog = null;
    if (place.kind === 'refused') {
      if (site) this.open(site.id);
      this.refusal = { site: site?.id ?? null, failure: asFailure(place.error) };
    } else if (place.kind === 'import') this.#offer(place.sites);
    else if (place.kind === 'settings') this.dialog = { kind: 'settings' };
    else if (place.kind === 'unlock') this.dialog = { kind: 'unlock' };
    else if (place.kind === 'about') this.dialog = { kind: 'settings', about: true };
    else if (place.kind === 'addSite') this.dialog = { kind: 'add' };
    else if (site) {
      this.open(site.id);
      if (place.kind === 'connect') this.dialog = { kind: 'connect', site };
    }
  }

  /** Offers what a site file holds. */
  importText(read: () => Promise<string>): Promise<void> {
    return this.#tryTo(null, async () => this.#offer(await this.host.readSiteFile(await read())));
  }

  exportSites(sites: SiteView[]): Promise<void> {
    const one = sites.length === 1 ? (sites[0]?.id ?? null) : null;
    return this.#tryTo(one, async () => {
      this.#tell(t('file.saved', { path: await this.host.exportSites(sites.map(({ id }) => id)) }));
    });
  }

  saveSettings(settings: Settings): Promise<void> {
    return this.#tryTo(null, () => this.host.saveSettings(settings));
  }

  /** Whether it is on the clipboard now. */
  async copyToken(site: string, format: CopyFormat): Promise<boolean> {
    let copied = false;
    await this.#tryTo(site, async () => {
      this.cleared = null;
      const clipboard = await this.host.copyToken(site, format);
      if (this.overview) this.overview = { ...this.overview, clipboard };
      this.form = format;
      keep('form', format);
      copied = true;
    });
    return copied;
  }

  /** For text that is no secret; whether it is on the clipboard now. */
  async copyText(text: string): Promise<boolean> {
    await this.#tryTo(null, () => this.host.copyText(text));
    return this.refusal === null;
  }

  clearClipboard(): Promise<void> {
    return this.#tryTo(null, async () => this.#showCleared(await this.host.clearClipboard()));
  }

  async #tryTo(site: string | null, action: () => Promise<void>): Promise<void> {
    this.refusal = null;
    try {
      await action();
    } catch (thrown) {
      this.refusal = { site, failure: asFailure(thrown) };
    }
  }

  #offer(sites: ImportedSite[]): void {
    this.imported = sites;
    this.dialog = { kind: 'import' };
  }

  #tell(text: string): void {
    this.told = text;
    clearTimeout(this.#toldTimer);
    // A path takes a moment to read.
    this.#toldTimer = setTimeout(() => (this.told = null), 8_000);
  }

  #showCleared(end: ClipboardEnd): void {
    if (this.overview) this.overview = { ...this.overview, clipboard: null };
    this.cleared = end;
    clearTimeout(this.#clearedTimer);
    // The long sentence of a failure asks for something to be done.
    this.#clearedTimer = setTimeout(() => (this.cleared = null), end === 'failed' ? 12_000 : 4_000);
  }
}

function formKept(): CopyFormat {
  const form = kept('form') ?? '';
  return formats.has(form) ? (form as CopyFormat) : 'raw';
}

export const [useDesk, provideDesk] = createContext<Desk>();
