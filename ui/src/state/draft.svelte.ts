import { asFailure, type Failure } from '../bridge/failure';
import type {
  ApplicationView,
  AuthorityView,
  CheckView,
  ImportedSite,
  NewSite,
  ProviderView,
  Redirect,
  SiteView,
} from '../bridge/types';
import type { Desk } from './desk.svelte';
import { isTrustable } from './remedy';

/** A site on its way into the list. The secret lives here only until it is handed over. */
export class Draft {
  /** The id of the chosen kind of application. */
  kind = $state('');
  inputs = $state<Record<string, string>>({});
  clientId = $state('');
  clientSecret = $state('');

  /** Trusted for this site beside what the system trusts. */
  authority = $state.raw<AuthorityView | null>(null);
  checks = $state.raw<CheckView[]>([]);
  checking = $state(false);
  failure = $state.raw<Failure | null>(null);

  #desk: Desk;
  #product = $state('');
  #typedName = $state<string | null>(null);
  /** The inputs the checks belong to. */
  #checked = $state<string | null>(null);
  #running: Promise<boolean> | null = null;
  /** As a site file wants the answer to come back; the application's best way otherwise. */
  #redirect: Redirect | null = null;
  /** What a site file asks for; the provider's own list otherwise. */
  #scopes: string[] | undefined;

  /** Filled in with what a site file says of a site. */
  constructor(desk: Desk, given?: ImportedSite) {
    this.#desk = desk;
    const provider = given && desk.provider(given.provider);
    if (provider) {
      this.choose(provider);
      this.kind = given.application ?? this.kind;
      this.inputs = { ...this.inputs, ...given.inputs };
      this.clientId = given.clientId;
      this.#typedName = given.name;
      this.#redirect = given.redirect;
      this.#scopes = given.scopes;
      return;
    }
    const first = desk.overview?.providers.find(({ accepted }) => accepted);
    if (first) this.choose(first);
  }

  choose(provider: ProviderView): void {
    if (provider.id === this.#product) return;
    this.#product = provider.id;
    this.kind = provider.applications[0]?.id ?? '';
    this.inputs = Object.fromEntries(
      provider.inputs.map(({ key, default: text }) => [key, text ?? '']),
    );
    this.authority = null;
    this.checks = [];
    this.#checked = null;
    this.#redirect = null;
    this.#scopes = undefined;
  }

  /** As it now is: a definition may be accepted, or change, while the wizard is open. */
  get provider(): ProviderView | null {
    return this.#desk.provider(this.#product);
  }

  get application(): ApplicationView | null {
    const kinds = this.provider?.applications ?? [];
    return kinds.find(({ id }) => id === this.kind) ?? kinds[0] ?? null;
  }

  /** The host's name until the person writes another. */
  get name(): string {
    return this.#typedName ?? (this.host.split('/')[0] || (this.provider?.name ?? ''));
  }

  set name(text: string) {
    this.#typedName = text;
  }

  /** Host and path of the address as typed, for texts. */
  get host(): string {
    const base = this.provider?.inputs.find(({ kind }) => kind === 'base');
    const typed = (base && this.inputs[base.key]) || '';
    return typed
      .trim()
      .replace(/^[a-z]+:\/\//i, '')
      .replace(/\/+$/, '');
  }

  get nameIsTaken(): boolean {
    return this.#desk.isNameTaken(this.name);
  }

  get hasInputs(): boolean {
    return (this.provider?.inputs ?? []).every(
      ({ key, kind, default: text }) =>
        (this.inputs[key]?.trim() || text) && !(kind === 'digits' && this.hasOtherThanDigits(key)),
    );
  }

  hasOtherThanDigits(key: string): boolean {
    return /\D/.test(this.inputs[key]?.trim() ?? '');
  }

  get isChecked(): boolean {
    return this.#checked === this.#fingerprint;
  }

  get hasPassed(): boolean {
    return this.isChecked && this.checks.every((check) => check.error === null);
  }

  get isRegistered(): boolean {
    const secretGiven = !this.needsSecret || this.clientSecret.trim() !== '';
    return this.clientId.trim() !== '' && secretGiven;
  }

  get needsSecret(): boolean {
    return this.application?.needsClientSecret ?? false;
  }

  /** Looks at the address once for each spelling; whether it passed. */
  async check(): Promise<boolean> {
    if (this.#running) await this.#running;
    if (this.isChecked) return this.hasPassed;
    this.#running = this.#look();
    try {
      return await this.#running;
    } finally {
      this.#running = null;
    }
  }

  /** Whether a certificate is all that speaks against the address. */
  get isUntrusted(): boolean {
    const codes = this.isChecked ? this.checks.map(({ error }) => error?.code) : [];
    return [this.failure?.code, ...codes].some(isTrustable);
  }

  /** Keeps the certificate of a file for this site, and looks again. */
  async trust(content: number[]): Promise<void> {
    this.authority = await this.#desk.host.keepAuthority(content);
    void this.checkAgain();
  }

  distrust(): void {
    this.authority = null;
    void this.checkAgain();
  }

  checkAgain(): Promise<boolean> {
    this.#checked = null;
    return this.check();
  }

  async add(): Promise<SiteView | null> {
    this.failure = null;
    if (!this.provider) return null;
    const site: NewSite = {
      provider: this.provider.id,
      name: this.name.trim(),
      inputs: this.#trimmed,
      application: this.application?.id ?? null,
      // Where it is not said, the program knows the application's best way back.
      redirect: this.#redirect,
      clientId: this.clientId.trim(),
      clientSecret: (this.needsSecret && this.clientSecret.trim()) || null,
    };
    if (this.authority) site.authority = this.authority.fingerprint;
    if (this.#scopes) site.scopes = this.#scopes;
    try {
      const added = await this.#desk.host.addSite(site);
      this.clientSecret = '';
      return added;
    } catch (thrown) {
      this.failure = asFailure(thrown);
      return null;
    }
  }

  get #trimmed(): Record<string, string> {
    return Object.fromEntries(Object.entries(this.inputs).map(([key, text]) => [key, text.trim()]));
  }

  get #fingerprint(): string {
    return JSON.stringify([this.provider?.id, this.#trimmed, this.authority?.fingerprint]);
  }

  async #look(): Promise<boolean> {
    if (!this.provider) return false;
    const asked = this.#fingerprint;
    this.failure = null;
    this.checks = [];
    this.checking = true;
    try {
      const checks = await this.#desk.host.checkAddress(
        this.provider.id,
        this.#trimmed,
        this.authority?.fingerprint,
      );
      this.checks = checks;
      this.#checked = asked;
    } catch (thrown) {
      this.failure = asFailure(thrown);
    }
    this.checking = false;
    return this.hasPassed;
  }
}
