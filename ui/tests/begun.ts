/** The moment of all tests: a thread reads the made-up sites once, for all files that it runs. */
export const begun = Date.now();
