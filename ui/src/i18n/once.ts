// To make a formatter takes a hundred times as long as to use it, and a list uses thousands.

/** Makes one for each language, when it is first asked for. */
export function ofLanguage<T>(make: (tag: string) => T): (tag: string) => T {
  const made = new Map<string, T>();
  return (tag) => {
    const known = made.get(tag) ?? make(tag);
    made.set(tag, known);
    return known;
  };
}

/** Another one where the clock is another: a formatter stays in the time zone it was made in. */
export function ofPlace<T>(make: (tag: string) => T): (tag: string) => T {
  const made = new Map<number, (tag: string) => T>();
  return (tag) => {
    const zone = new Date().getTimezoneOffset();
    const here = made.get(zone) ?? ofLanguage(make);
    made.set(zone, here);
    return here(tag);
  };
}
