/** The parts of the window in the order F6 goes through them. */
const parts = ['.window header', '.body > nav', 'main', '.body > aside', '.window > footer'];

/** What of a part takes the focus: the tab stop of the list, the open site, or its first button. */
function stopOf(part: HTMLElement): HTMLElement | null {
  if (part.matches('[tabindex]')) return part;
  const row = part.querySelector<HTMLElement>('[role=row][tabindex="0"]');
  return row ?? part.querySelector('button:not([tabindex="-1"]):not(:disabled), input, select');
}

export function nextRegion(backwards: boolean): void {
  const found = parts
    .map((part) => document.querySelector<HTMLElement>(part))
    .filter((part) => part !== null);
  const at = found.findIndex((part) => part.contains(document.activeElement));
  for (let step = 1; step <= found.length; step += 1) {
    const to = backwards ? (at < 0 ? 0 : at) - step : at + step;
    const part = found.at(to % found.length);
    const stop = part && stopOf(part);
    if (!stop) continue;
    stop.focus();
    return;
  }
}
