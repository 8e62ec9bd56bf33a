/** A spreadsheet takes a cell for a formula that begins so, after blanks too. https://owasp.org/www-community/attacks/CSV_Injection */
const BEGINS_FORMULA = /^[\s\u00a0\ufeff\u200b]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n|%]/u;
/** By it Excel takes the file for UTF-8. */
const BYTE_ORDER_MARK = "\ufeff";

/**
 * Rows as a file that spreadsheets read (RFC 4180), each cell in quotes; what would be a formula is text: an apostrophe stands
 * before it, and of line breaks and other signs that are not drawn a blank is left.
 */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return `${BYTE_ORDER_MARK}${rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
}

function cell(text: string): string {
  const shown = text.replace(/\p{Cc}+/gu, " ");
  const safe = BEGINS_FORMULA.test(text) ? `'${shown}` : shown;
  return `"${safe.replaceAll('"', '""')}"`;
}
