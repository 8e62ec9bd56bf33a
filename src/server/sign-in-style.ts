/** Calm, at the width of a narrow window of Teams too, light and dark; only fonts that are there. */
export const SIGN_IN_STYLE = `
:root { color-scheme: light dark; --ink: #1d2624; --paper: #f3f6f5; --sheet: #fff; --line: #dde3e1; --accent: #1f5c55; --on-accent: #fff; --good: #1c6b45; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ecea; --paper: #141917; --sheet: #1d2422; --line: #37413e; --accent: #7fcabf; --on-accent: #0f1a18; --good: #7ad6a6; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 24px 16px; background: var(--paper); color: var(--ink); font: 16px/1.5 "Segoe UI", system-ui, -apple-system, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 30rem; margin: clamp(0px, 7vh, 72px) auto 0; padding: 24px; background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; }
.from { margin: 0 0 4px; color: var(--accent); font-size: 13px; font-weight: 600; letter-spacing: .04em; }
h1 { margin: 0 0 12px; font-size: 24px; line-height: 1.25; font-weight: 600; }
p { margin: 0 0 12px; overflow-wrap: anywhere; }
p:last-child { margin-bottom: 0; }
form { margin: 20px 0 0; }
button { width: 100%; padding: 11px 16px; border: 0; border-radius: 6px; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; cursor: pointer; }
button:hover { filter: brightness(1.1); }
button:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
[data-done] h1 { color: var(--good); }
[data-done] h1::before { content: "\\2713\\00a0" / ""; }
`;
