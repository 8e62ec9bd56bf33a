// Draws the state that the server sends. Text goes in as text only, never as HTML.
const at = (id) => document.getElementById(id);

// What scrolls can be scrolled by keyboard, too.
for (const part of document.querySelectorAll("pre, .scroll")) part.tabIndex = 0;

/** An element with text or children. */
function element(tag, content = "", attributes = {}) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...[content].flat());
  return node;
}

const time = (instant) =>
  element("time", new Date(instant).toLocaleTimeString(undefined, { hour12: false }), { datetime: instant });

/** Redraws only what is different, so that scrolling and selections stay. */
const drawn = new Map();
function draw(id, value, make) {
  const text = JSON.stringify(value);
  if (drawn.get(id) === text) return;
  drawn.set(id, text);
  at(id).replaceChildren(...[make(value)].flat());
}

const facts = (lines) => lines.map((line) => element("li", line));

const rules = (all) =>
  all.flatMap(({ name, facts: lines, models }) => [
    element("h3", name),
    element("ul", facts(lines)),
    ...(models.length > 0 ? [element("ul", facts(models), { class: "models" })] : []),
  ]);

const audits = (entries) =>
  entries.length === 0
    ? [element("li", "Nothing yet. Whoever changes the policy appears here by name.", { class: "hint" })]
    : entries.map(({ at: when, who, what, changes }) =>
        element("li", [
          time(when),
          " ",
          element("strong", who),
          ` · ${what}`,
          ...changes.map((change) => element("p", change, { class: "change", tabindex: "0" })),
        ]),
      );

const requests = (lines) =>
  lines.map(({ at: when, who, method, path, status, failed }) =>
    element(
      "tr",
      [
        element("td", [time(when)]),
        element("td", who),
        element("td", `${method} ${path}`),
        element("td", status, { class: failed ? "bad" : "good" }),
      ],
      method === "PATCH" ? { class: "write" } : {},
    ),
  );

const tokens = (lines) =>
  lines.map(({ at: when, what, result, failed }) =>
    element("li", [time(when), ` ${what}: `, element("span", result, { class: failed ? "bad" : "good" })]),
  );

const world = (groups) =>
  groups.flatMap(({ title, hint, buttons }) => [
    element("h3", title),
    ...(hint ? [element("p", hint, { class: "hint" })] : []),
    element("div", buttons.map(button), { role: "group", "aria-label": title }),
  ]);

function button({ name, label, on }) {
  const node = element("button", label, { type: "button", "data-name": name });
  if (on !== null) node.setAttribute("aria-pressed", String(on));
  node.addEventListener("click", () =>
    fetch("/press", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ button: name }),
    }),
  );
  return node;
}

function show(state) {
  const focused = document.activeElement?.dataset?.name;
  draw("tenant", state.tenant, ({ name, people }) => `${name} · ${people} people`);
  draw("state", state.enabled, (enabled) => (enabled ? "passkeys are on" : "passkeys are off"));
  at("state").className = `pill ${state.enabled ? "good" : ""}`;
  draw("facts", state.words.facts, facts);
  draw("rules", state.words.rules, rules);
  draw("policy", state.policy, (policy) => policy);
  draw("audits", state.audits, audits);
  draw("requests", state.requests, requests);
  draw("tokens", state.tokens, tokens);
  draw("world", state.world, world);
  if (focused) document.querySelector(`[data-name="${CSS.escape(focused)}"]`)?.focus();
}

const events = new EventSource("/events");
events.onmessage = ({ data }) => show(JSON.parse(data));
events.onerror = () => {
  drawn.delete("state");
  at("state").textContent = "not connected";
  at("state").className = "pill bad";
};
