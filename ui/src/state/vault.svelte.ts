import { asFailure, type Failure } from '../bridge/failure';
import { t, whatOf } from '../i18n';
import type { Desk } from './desk.svelte';

/** What the encrypted file needs before it can be used: its first passphrase, its passphrase, nothing. */
type Need = 'new' | 'passphrase' | 'nothing';

/** A person opens the encrypted file, or makes it; secrets are moved into it where they are elsewhere. */
export class Opening {
  passphrase = $state('');
  again = $state('');
  working = $state<'opening' | 'moving' | 'beginning' | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** The two that were typed are not the same. */
  differs = $state(false);

  readonly #desk: Desk;
  /** What was needed when the work began: it changes on the way. */
  #began = $state<Need | null>(null);

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  get need(): Need {
    if (this.working === 'moving') return 'nothing';
    if (this.#began) return this.#began;
    const state = this.#desk.overview?.store.vault;
    if (state === 'open') return 'nothing';
    return state === 'locked' ? 'passphrase' : 'new';
  }

  get ready(): boolean {
    const typed = this.need === 'nothing' || this.passphrase !== '';
    return !this.working && typed && (this.need !== 'new' || this.again !== '');
  }

  /** What is wrong with the passphrase itself. */
  get wrong(): string | null {
    const code = this.failure?.code;
    const isOfField = code === 'passphrase_wrong' || code === 'passphrase_too_short';
    return code && isOfField ? whatOf(code) : null;
  }

  /** Whether secrets are there now. */
  async submit(): Promise<boolean> {
    if (!this.ready) return false;
    const need = this.need;
    this.differs = need === 'new' && this.passphrase !== this.again;
    this.failure = null;
    if (this.differs) return false;
    const { host } = this.#desk;
    this.#began = need;
    this.working = 'opening';
    try {
      if (need !== 'nothing') await host.openVault(this.passphrase, need === 'new');
      this.clear();
      if (this.#desk.overview?.store.kind !== 'vault') {
        this.working = 'moving';
        await host.useStore('vault');
      }
      return true;
    } catch (thrown) {
      this.failure = asFailure(thrown);
      return false;
    } finally {
      this.working = null;
      this.#began = null;
    }
  }

  /** The old file is kept under another name; a new one is made in its place. */
  async beginAnew(): Promise<void> {
    this.failure = null;
    this.clear();
    this.working = 'beginning';
    try {
      await this.#desk.host.setVaultAside();
    } catch (thrown) {
      this.failure = asFailure(thrown);
    } finally {
      this.working = null;
    }
  }

  clear(): void {
    this.passphrase = '';
    this.again = '';
  }
}

/** How many connections go along, in words. */
export function movingWords(desk: Desk): string {
  const count = desk.sites.filter(({ state }) => state !== 'notConnected').length;
  return count === 0 ? t('vault.movingNone') : t('vault.moving', { count });
}
