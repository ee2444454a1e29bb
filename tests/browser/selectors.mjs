// How the tests find things on the default theme's pages.

/// The figures of a report's form: each has the id `f-CODE`.
export const FIGURES = 'main [id^="f-"]';

/// The figure of a code.
export const figure = (code) => `[id="f-${code}"]`;
