// How the tests find things on the default theme's pages.

/// The figure of a code in a report's table: its row.
export const figure = (code) => `[id="f-${code}"]`;

/// All rows of figures in a report's table.
export const figures = '[id^="f-"]';
