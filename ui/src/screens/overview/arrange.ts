import { tick } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import type { Desk } from '../../state/desk.svelte';

/** Shorter is a click by a hand that is not quite still. */
const threshold = 6;
/** So near to the edge of what is seen the list scrolls, and at most so many pixels a frame. */
const edge = 44;
const fastest = 14;

/** Moves a site by one place. The keyboard stays where it is: what is moved in a document loses it. */
export async function moveSite(desk: Desk, site: string, by: 1 | -1): Promise<void> {
  const focused = document.activeElement;
  if (!desk.arranging.move(site, by) || !(focused instanceof HTMLElement)) return;
  await tick();
  focused.focus({ preventScroll: true });
  focused.closest('[data-row]')?.scrollIntoView?.({ block: 'nearest' });
}

/**
 * Takes a row by the pointer and puts it between others. A finger scrolls the list, and takes a row by its
 * `data-grip` alone.
 */
export function arrangeByPointer(desk: Desk): Attachment<HTMLElement> {
  const { arranging } = desk;
  return (list) => {
    let letGo: (() => void) | null = null;

    function ondown(event: PointerEvent) {
      const target = event.target as Element;
      const row = target.closest<HTMLElement>('[data-row]');
      const control = target.closest('button, [role=menu]');
      if (!row || letGo || event.button !== 0 || !event.isPrimary || !arranging.isPossible) return;
      if ((control && control !== row) || event.ctrlKey) return;
      if (event.pointerType === 'touch' && !target.closest('[data-grip]')) return;
      letGo = follow(list, row, event, desk, () => (letGo = null));
    }

    list.addEventListener('pointerdown', ondown);
    return () => {
      list.removeEventListener('pointerdown', ondown);
      letGo?.();
    };
  };
}

/** The click that ends a drag comes right after it, and opens nothing; the next press is another one's. */
function swallowClick(): void {
  const over = new AbortController();
  const [listening, leave] = [{ capture: true, signal: over.signal }, () => over.abort()];
  const swallow = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener('click', swallow, listening);
  document.addEventListener('pointerdown', leave, listening);
  setTimeout(leave);
}

/** From the button that is pressed to its release. What is returned lets go without moving anything. */
function follow(
  list: HTMLElement,
  row: HTMLElement,
  { pointerId, clientX, clientY }: PointerEvent,
  desk: Desk,
  onend: () => void,
): () => void {
  const { arranging } = desk;
  const scroller = list.closest<HTMLElement>('main') ?? list;
  const head = list.querySelector<HTMLElement>('.totals')?.offsetHeight ?? 0;
  const listening = new AbortController();
  let y = clientY;
  let frame = 0;
  let isTaken = false;

  function take() {
    isTaken = true;
    arranging.take(row.dataset.row ?? '');
    frame = requestAnimationFrame(scroll);
  }

  /** Before the first row whose middle is below the pointer, or after the last. */
  function look() {
    const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')];
    const below = rows.find((one) => {
      const { top, height } = one.getBoundingClientRect();
      return y < top + height / 2;
    });
    const place = (one?: HTMLElement) => desk.order.findIndex(({ id }) => id === one?.dataset.row);
    arranging.over(below ? place(below) : place(rows.at(-1)) + 1);
  }

  function scroll() {
    if (!arranging.drag) return;
    const { top, bottom } = scroller.getBoundingClientRect();
    const above = top + head + edge - y;
    const below = y - (bottom - edge);
    const by = Math.min(fastest, Math.max(above, below, 0) / 3);
    if (by > 0) {
      scroller.scrollTop += above > below ? -by : by;
      look();
    }
    frame = requestAnimationFrame(scroll);
  }

  function end() {
    cancelAnimationFrame(frame);
    listening.abort();
    arranging.cancel();
    onend();
  }

  const on = <K extends keyof DocumentEventMap>(
    type: K,
    hear: (event: DocumentEventMap[K]) => void,
  ) => document.addEventListener(type, hear, { capture: true, signal: listening.signal });

  on('pointermove', (event) => {
    if (event.pointerId !== pointerId) return;
    // It was let go where nobody saw it.
    if (event.pointerType === 'mouse' && event.buttons === 0) return end();
    y = event.clientY;
    const far = Math.hypot(event.clientX - clientX, y - clientY);
    if (!isTaken && far >= threshold) take();
    if (arranging.drag) look();
  });
  on('pointerup', (event) => {
    if (event.pointerId !== pointerId) return;
    arranging.drop();
    end();
    if (isTaken) swallowClick();
  });
  on('pointercancel', (event) => {
    if (event.pointerId === pointerId) end();
  });
  window.addEventListener('blur', end, { signal: listening.signal });
  on('keydown', (event) => {
    if (event.key !== 'Escape' || !arranging.drag) return;
    event.preventDefault();
    event.stopPropagation();
    arranging.cancel();
  });
  on('contextmenu', (event) => {
    if (arranging.drag) event.preventDefault();
  });
  return end;
}
