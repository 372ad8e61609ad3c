import { asFailure, type Failure } from '../bridge/failure';
import type { CheckView, NewSite, ProviderView, SiteView } from '../bridge/types';
import type { Desk } from './desk.svelte';

/** A site on its way into the list. The secret lives here only until it is handed over. */
export class Draft {
  provider = $state.raw<ProviderView | null>(null);
  inputs = $state<Record<string, string>>({});
  clientId = $state('');
  clientSecret = $state('');

  checks = $state.raw<CheckView[]>([]);
  checking = $state(false);
  failure = $state.raw<Failure | null>(null);

  #desk: Desk;
  #typedName = $state<string | null>(null);
  /** The inputs the checks belong to. */
  #checked = $state('');
  #running: Promise<boolean> | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
    const first = desk.overview?.providers[0];
    if (first) this.choose(first);
  }

  choose(provider: ProviderView): void {
    if (provider.id === this.provider?.id) return;
    this.provider = provider;
    this.inputs = Object.fromEntries(
      provider.inputs.map(({ key, default: text }) => [key, text ?? '']),
    );
    this.checks = [];
    this.#checked = '';
  }

  /** The host's name until the person writes another. */
  get name(): string {
    return this.#typedName ?? this.host.split('/')[0] ?? '';
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
    const name = this.name.trim().toLowerCase();
    return this.#desk.sites.some((site) => site.name.toLowerCase() === name);
  }

  get hasInputs(): boolean {
    return (this.provider?.inputs ?? []).every(({ key }) => this.inputs[key]?.trim());
  }

  get isChecked(): boolean {
    return this.checks.length > 0 && this.#checked === this.#fingerprint;
  }

  get hasPassed(): boolean {
    return this.isChecked && this.checks.every((check) => check.error === null);
  }

  get isRegistered(): boolean {
    const secretGiven = !this.provider?.needsClientSecret || this.clientSecret.trim() !== '';
    return this.clientId.trim() !== '' && secretGiven;
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

  checkAgain(): Promise<boolean> {
    this.#checked = '';
    return this.check();
  }

  async add(): Promise<SiteView | null> {
    this.failure = null;
    if (!this.provider) return null;
    const site: NewSite = {
      provider: this.provider.id,
      name: this.name.trim(),
      inputs: this.#trimmed,
      clientId: this.clientId.trim(),
      clientSecret: this.clientSecret.trim() || null,
    };
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
    return JSON.stringify([this.provider?.id, this.#trimmed]);
  }

  async #look(): Promise<boolean> {
    if (!this.provider) return false;
    const asked = this.#fingerprint;
    this.failure = null;
    this.checks = [];
    this.checking = true;
    try {
      const checks = await this.#desk.host.checkAddress(this.provider.id, this.#trimmed);
      this.checks = checks;
      this.#checked = asked;
    } catch (thrown) {
      this.failure = asFailure(thrown);
    }
    this.checking = false;
    return this.hasPassed;
  }
}
