/** English texts in another language: all of them, with their placeholders, and its own plural forms. */
type Translated<Texts, Form extends Intl.LDMLPluralRule> = {
  [
    Key in keyof Texts as Key extends `${infer Plural}_${Intl.LDMLPluralRule}`
      ? `${Plural}_${Form}`
      : Key
  ]: Texts[Key] extends string ? Holding<Placeholder<Texts[Key]>> : Translated<Texts[Key], Form>;
};

export type German<Texts> = Translated<Texts, 'one' | 'other'>;
export type Japanese<Texts> = Translated<Texts, 'other'>;

/** What is put into a text; a language may do without the number that chose its form. */
type Placeholder<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? Exclude<Name, 'count'> | Placeholder<Rest>
  : never;

/** A text with each of the placeholders in it, wherever. */
type Holding<Names extends string> = (
  Names extends unknown ? (text: `${string}{{${Names}}}${string}`) => void : never
) extends (text: infer Text) => void
  ? [Names] extends [never]
    ? string
    : Text
  : never;
