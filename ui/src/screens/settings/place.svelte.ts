/** Keys that scroll, where no field takes them. */
const scrolling = ['PageUp', 'PageDown', 'Home', 'End', 'ArrowUp', 'ArrowDown', ' '];
/** How far below the top, in pixels, a part may begin and still be the one that is read. */
const near = 60;

/**
 * Which part of a long page a person is at. The one they asked for or are working in stays it, however
 * the page moves of itself, until they scroll.
 */
export class Place<Part extends string> {
  at: Part = $state() as Part;
  #body: HTMLElement | null = null;
  #isHeld = false;

  constructor(first: Part) {
    this.at = first;
  }

  go(part: Part): void {
    this.#hold(part);
    const section = this.#body?.querySelector<HTMLElement>(`[data-part=${part}]`);
    section?.scrollIntoView?.({ block: 'start' });
    section
      ?.querySelector<HTMLElement>('select, input:checked, button')
      ?.focus({ preventScroll: true });
  }

  /** For what scrolls; its parts have `data-part`. */
  readonly follow = (body: HTMLElement): (() => void) => {
    this.#body = body;
    const listening = new AbortController();
    const on = <E extends keyof HTMLElementEventMap>(
      types: E[],
      react: (event: HTMLElementEventMap[E]) => void,
    ) => {
      for (const type of types) body.addEventListener(type, react, { signal: listening.signal });
    };
    on(['focusin', 'pointerdown'], ({ target }) => {
      const part = (target as Element).closest<HTMLElement>('[data-part]')?.dataset.part;
      // Beside all parts is the scroll bar.
      if (part) this.#hold(part as Part);
      else this.#isHeld = false;
    });
    on(['wheel', 'touchmove'], () => (this.#isHeld = false));
    on(['keydown'], ({ key, target }) => {
      const own = key === ' ' ? 'input, select, button, summary, a' : 'input, select';
      const isTaken = (target as Element).matches(own);
      if (!isTaken && scrolling.includes(key)) this.#isHeld = false;
    });
    on(['scroll'], () => this.#look(body));
    return () => listening.abort();
  };

  #hold(part: Part): void {
    this.at = part;
    this.#isHeld = true;
  }

  #look(body: HTMLElement): void {
    if (this.#isHeld) return;
    const parts = [...body.querySelectorAll<HTMLElement>('[data-part]')];
    const top = body.getBoundingClientRect().top + near;
    // The last part is too short to reach the top.
    const isEnd = body.scrollTop > 0 && body.scrollTop + body.clientHeight >= body.scrollHeight - 1;
    const found = isEnd
      ? parts.at(-1)
      : (parts.findLast((part) => part.getBoundingClientRect().top <= top) ?? parts[0]);
    if (found) this.at = found.dataset.part as Part;
  }
}
