/** True for two seconds after something was copied, for the check mark on its button. */
export class Copied {
  shown = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(): void {
    this.shown = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.shown = false), 2000);
  }
}
