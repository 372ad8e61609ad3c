/** Small habits of a person, such as the form a token was copied in last: never a secret. */
export function kept(name: string): string | null {
  try {
    return localStorage.getItem(`tallykey.${name}`);
  } catch {
    // A web view may have no storage; then habits last as long as the window.
    return null;
  }
}

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`tallykey.${name}`, value);
  } catch {
    // As above.
  }
}
