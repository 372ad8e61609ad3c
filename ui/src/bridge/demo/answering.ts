import type { Host } from '../host';
import type { ClipboardEnd, ErrorView, Goto, Overview, SiteView } from '../types';
import { scriptOf, type Script } from './script';
import { refusal } from './sites';

/** What all answers come from: the script, and what the page is told without asking. */
export class Answering {
  script: Script;
  #overview: (overview: Overview) => void = () => {};
  #cleared: (end: ClipboardEnd) => void = () => {};
  #otherAnswer: () => void = () => {};
  #go: (place: Goto) => void = () => {};
  /** What the waiting attempt is told when its answer comes by itself. */
  protected arrived: (() => void) | null = null;

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
    else this.arrived?.();
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

  /** Notes a call, and refuses it or never answers it where the script says so. */
  protected heard(method: keyof Host, ...words: string[]): Promise<void> | void {
    this.script.calls.push(`${method}(${words.join(', ')})`);
    return this.#answer(method, words);
  }

  /** As `heard`, for what the page asks on its own. */
  protected asked(method: keyof Host, ...words: string[]): Promise<void> | void {
    this.script.reads.push(`${method}(${words.join(', ')})`);
    return this.#answer(method, words);
  }

  #answer(method: keyof Host, words: string[]): Promise<void> | void {
    if (this.script.silent.includes(method)) return new Promise(() => undefined);
    const code = this.script.refuse[method];
    if (!code) return;
    throw refusal(code, this.#about(words));
  }

  /** The site a call names, itself or by its attempt, or else the host of an address. */
  #about([id = '', ...more]: string[]): Pick<ErrorView, 'site' | 'host'> {
    const { sites, attempt } = this.script.overview;
    const named = id === attempt?.id ? attempt.site : id;
    const found = sites.find((site) => site.id === named);
    if (found) return { site: found.name, host: found.host };
    const host = /https?:\/\/([^/"]+)/.exec(more.join(' '))?.[1] ?? null;
    return { site: null, host };
  }

  protected site(id: string): SiteView {
    const found = this.script.overview.sites.find((site) => site.id === id);
    if (!found) throw refusal('no_such_site');
    return found;
  }
}
