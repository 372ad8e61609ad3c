let current = $state(Date.now());

// One tick a second for every countdown and age; it stops while nobody can see the window.
setInterval(() => {
  if (!document.hidden) current = Date.now();
}, 1000);
document.addEventListener('visibilitychange', () => (current = Date.now()));

/** The present, in milliseconds. Reading it in a component makes that component tick. */
export function now(): number {
  return current;
}
