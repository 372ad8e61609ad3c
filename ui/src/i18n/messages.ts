import type { en } from './en';

/** Every text of the window, as its shape: strings, and functions from words to a string. */
export type Messages = Shape<typeof en>;

type Shape<T> = {
  [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...words: infer W) => string
      ? (...words: W) => string
      : Shape<T[K]>;
};
