export { explain, whatOf, type Explanation } from './errors';
export * as format from './format';
export { language, languageNames, languages, ofSystem, pick, speak, t } from './language.svelte';
