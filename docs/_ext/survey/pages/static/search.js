/**
 * The search: a field, three filters and the results, as a dialog on every page and on the page search.html.
 *
 * Pagefind finds the words (and phrases in quotes) in an index made after the build. Before its results stands what is
 * called exactly, or begins, as the reader types: head types by name or alias, papers by title, and everything else that
 * has a page; these names are in one small file. Nothing of all this is loaded before the search is opened.
 */

/**
 * @typedef {{ title: string, url: string, kind: string, stages: string[], year: string, names: string[] }} Named
 * @typedef {{ url: string, excerpt: string, meta: Record<string, string> }} Page
 * @typedef {{ id: string, data: () => Promise<Page> }} Result
 * @typedef {Record<string, Record<string, number>>} Counts
 * @typedef {{ results: Result[], filters: Counts, totalFilters: Counts }} Found
 * @typedef {Record<string, string>} Filters
 * @typedef {object} Pagefind
 * @property {(options: Record<string, unknown>) => Promise<void>} options
 * @property {() => Promise<Counts>} filters
 * @property {(words: string | null, options: { filters: Filters }) => Promise<Found>} search
 */

import { headsFor } from "./search-heads.js";

/** What is said in the page's language, if it is not English (survey.js); and with a number, in one of two forms. */
const spoken = /** @type {any} */ (window).surveyWords;
/** @type {(text: string) => string} */
const _ = spoken?._ ?? ((text) => text);
/** @type {(one: string, many: string, count: number) => string} */
const ngettext = spoken?.ngettext ?? ((one, many, count) => (count === 1 ? one : many));

const FILTERS = { kind: _("Kind"), stage: _("Stage"), year: _("Year") };
const PAGE = 10; // results shown at once
const MOST_NAMED = 5;
const PAUSE = 120; // milliseconds between a key and the search

/** @type {HTMLDialogElement | undefined} */
let dialog;
let number = 0;

/**
 * Open the search as a dialog.
 *
 * @param {URL} root - the address of the site
 */
export function open(root) {
  if (!dialog) {
    const style = element("link", { rel: "stylesheet", href: new URL("_static/search.css", root).href });
    document.head.append(style);
    const close = element("button", { type: "button", className: "survey-search-close", textContent: _("Close") });
    const place = element("div");
    const made = element("dialog", { className: "survey-search-dialog" });
    made.setAttribute("aria-label", _("Search"));
    made.append(close, place);
    document.body.append(made);
    close.addEventListener("click", () => made.close());
    made.addEventListener("click", (event) => {
      if (event.target === made || (event.target instanceof Element && event.target.closest("a"))) {
        made.close();
      }
    });
    mount(place, root);
    dialog = made;
  }
  if (!dialog.open) {
    dialog.showModal();
  }
  dialog.querySelector("input")?.select();
}

/**
 * Put the search into an element.
 *
 * @param {HTMLElement} place - gets the field, the filters and the results
 * @param {URL} root - the address of the site
 * @param {HTMLElement} [instead] - shown if there is no index; its presence means that the search has the page's address
 */
export function mount(place, root, instead) {
  const id = `survey-search-${(number += 1)}`;
  const form = element("form", { className: "survey-search" });
  form.setAttribute("role", "search");
  const field = element("input", { type: "search", id, autocomplete: "off", spellcheck: false, enterKeyHint: "search" });
  field.placeholder = _('A head, a paper, words, or "a phrase"');
  const label = element("label", { htmlFor: id, textContent: _("Search the survey") });
  const selects = Object.entries(FILTERS).map(([name, text]) => filter(name, text, `${id}-${name}`));
  const row = element("div", { className: "survey-search-filters" });
  row.append(...selects.map((select) => select.parentElement ?? select));
  const status = element("p", { className: "survey-search-status" });
  status.setAttribute("role", "status");
  const list = element("ol", { className: "survey-search-results" });
  const more = element("button", { type: "button", className: "survey-search-more", textContent: _("More results"), hidden: true });
  form.append(label, field, row, status, list, more);
  place.replaceChildren(form);

  const sources = load(root);
  let turn = 0;
  let timer = 0;

  /** @returns {Filters} */
  const chosen = () => Object.fromEntries(selects.filter((at) => at.value).map((at) => [at.name, at.value]));

  const run = async () => {
    const mine = (turn += 1);
    const words = field.value.trim();
    const filters = chosen();
    const asked = words !== "" || Object.keys(filters).length > 0;
    if (instead) {
      const state = new URLSearchParams({ ...(words ? { q: words } : {}), ...filters }).toString();
      history.replaceState(null, "", state ? `?${state}` : location.pathname);
    }
    const { pagefind, names } = await sources;
    if (!pagefind) {
      instead ? (instead.hidden = false) : location.assign(new URL("search.html", root));
      return;
    }
    const every = await pagefind.filters();
    const found = asked ? await pagefind.search(words || null, { filters }) : undefined;
    if (mine !== turn) {
      return; // the reader has typed on
    }
    selects.forEach((select) => choices(select, every[select.name] ?? {}, found?.filters[select.name]));
    const named = calledSo(words, names).filter((one) => fits(one, filters));
    const hits = named.map((one) => ({ one, url: new URL(one.url, root).href }));
    const heads = Object.keys(filters).length === 0 ? await headsFor(words, root) : [];
    const first = await Promise.all((found?.results ?? []).slice(0, PAGE).map((result) => result.data()));
    if (mine !== turn) {
      return;
    }
    const apart = new Set(hits.map((hit) => hit.url));
    const address = (/** @type {Page} */ at) => new URL(at.url, root).href;
    const byAddress = new Map(first.map((at) => [address(at), at]));
    list.replaceChildren(
      ...heads.map((head) => item(head.url, head.title, head.kind, head.says, "")),
      ...hits.map(({ one, url }) => item(url, one.title, one.kind, byAddress.get(url)?.excerpt, also(one, words))),
      ...first.filter((at) => !apart.has(address(at))).map((at) => shown(at, address(at))),
    );
    const total = Math.max(found?.results.length ?? 0, list.childElementCount);
    status.textContent = asked ? said(total, words) : "";
    let until = PAGE;
    more.hidden = (found?.results.length ?? 0) <= until;
    more.onclick = async () => {
      const next = await Promise.all((found?.results ?? []).slice(until, until + PAGE).map((result) => result.data()));
      const added = next.filter((at) => !apart.has(address(at))).map((at) => shown(at, address(at)));
      list.append(...added);
      until += PAGE;
      more.hidden = (found?.results.length ?? 0) <= until;
      added[0]?.querySelector("a")?.focus();
    };
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(run, PAUSE);
  });
  selects.forEach((select) => select.addEventListener("change", run));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = list.querySelector("a");
    instead ? void run() : first?.click();
  });
  form.addEventListener("keydown", (event) => walk(event, field, list));
  if (instead) {
    const asked = new URLSearchParams(location.search);
    field.value = asked.get("q") ?? "";
    selects.forEach((select) => preset(select, asked.get(select.name) ?? ""));
    field.focus();
  }
  void run();
}

/**
 * Go from the field to the results and through them by the arrow keys.
 *
 * @param {KeyboardEvent} event
 * @param {HTMLInputElement} field
 * @param {HTMLElement} list
 */
function walk(event, field, list) {
  if ((event.key !== "ArrowDown" && event.key !== "ArrowUp") || event.target instanceof HTMLSelectElement) {
    return;
  }
  const stops = [field, ...list.querySelectorAll("a")];
  const at = stops.findIndex((stop) => stop === event.target);
  const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (at >= 0 && next) {
    event.preventDefault();
    next.focus();
  }
}

/**
 * Load Pagefind and the names.
 *
 * @param {URL} root
 * @returns {Promise<{ pagefind?: Pagefind, names: Named[] }>}
 */
async function load(root) {
  const names = fetch(new URL("search-names.json", root))
    .then((answer) => (answer.ok ? answer.json() : []))
    .catch(() => []);
  try {
    /** @type {Pagefind} */
    const pagefind = await import(new URL("pagefind/pagefind.js", root).href);
    await pagefind.options({ baseUrl: root.pathname, excerptLength: 28 });
    await pagefind.filters();
    return { pagefind, names: await names };
  } catch {
    return { names: [] }; // a build without an index
  }
}

/* Names */

/** @param {string} text @returns {string} letters and digits only, so that hyphens and accents don't matter */
function plain(text) {
  const bare = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return bare.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** @param {string} text @returns {string} the same without "head" at its end */
function stem(text) {
  return plain(text).replace(/ heads?$/, "");
}

/**
 * Return what is called like this, then what begins like this.
 *
 * @param {string} words
 * @param {Named[]} names
 * @returns {Named[]}
 */
function calledSo(words, names) {
  const wanted = stem(words);
  if (wanted.length < 2 || words.startsWith('"')) {
    return [];
  }
  const called = names.filter((one) => one.names.some((name) => stem(name) === wanted));
  const own = called.filter((one) => stem(one.title) === wanted); // before those that are also called so
  const exact = [...own, ...called.filter((one) => !own.includes(one))];
  const begins = names.filter((one) => !exact.includes(one) && one.names.some((name) => plain(name).startsWith(wanted)));
  return [...exact, ...begins.slice(0, Math.max(0, MOST_NAMED - exact.length))];
}

/** @param {Named} one @param {Filters} filters @returns {boolean} */
function fits(one, filters) {
  const has = { kind: [one.kind], stage: one.stages, year: [one.year] };
  return Object.entries(filters).every(([name, value]) => has[/** @type {keyof typeof has} */ (name)].includes(value));
}

/** @param {Named} one @param {string} words @returns {string} the alias by which it was found, if it's one */
function also(one, words) {
  const wanted = stem(words);
  const [name, ...aliases] = one.names;
  if (plain(name).startsWith(wanted)) {
    return "";
  }
  return aliases.find((alias) => stem(alias) === wanted) ?? aliases.find((alias) => plain(alias).startsWith(wanted)) ?? "";
}

/* What is shown */

/** @param {number} total @param {string} words @returns {string} */
function said(total, words) {
  if (total === 0) {
    return (words ? _("Nothing found for {words}.") : _("Nothing found.")).replace("{words}", () => words);
  }
  const text = words
    ? ngettext("{count} result for {words}", "{count} results for {words}", total)
    : ngettext("{count} result", "{count} results", total);
  return text.replace("{count}", String(total)).replace("{words}", () => words);
}

/** @param {Page} at @param {string} address @returns {HTMLElement} */
function shown(at, address) {
  return item(address, at.meta.title ?? at.url, at.meta.kind ?? "", at.excerpt, "");
}

/**
 * @param {string} url
 * @param {string} title
 * @param {string} kind
 * @param {string | undefined} excerpt - text with what was found in <mark>
 * @param {string} alias
 * @returns {HTMLElement}
 */
function item(url, title, kind, excerpt, alias) {
  const result = element("li");
  const link = element("a", { href: url });
  link.append(element("span", { className: "survey-search-title", textContent: title }), " ");
  link.append(element("span", { className: "survey-search-kind", textContent: kind }));
  result.append(link);
  if (alias) {
    result.append(element("p", { className: "survey-search-alias", textContent: _("also called {alias}").replace("{alias}", () => alias) }));
  }
  if (excerpt) {
    const text = element("p", { className: "survey-search-excerpt" });
    // Text only, whatever the index holds: every other piece is marked.
    excerpt.split(/<\/?mark>/).forEach((piece, at) => {
      const words = piece.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
      text.append(at % 2 ? element("mark", { textContent: words }) : words);
    });
    result.append(text);
  }
  return result;
}

/**
 * @param {string} name
 * @param {string} text
 * @param {string} id
 * @returns {HTMLSelectElement} in an element with its label
 */
function filter(name, text, id) {
  const select = element("select", { name, id });
  select.append(element("option", { value: "", textContent: _("any") }));
  element("div").append(element("label", { htmlFor: id, textContent: text }), select);
  return select;
}

/** @param {HTMLSelectElement} select @param {string} value */
function preset(select, value) {
  if (value) {
    select.append(element("option", { value, textContent: value, selected: true }));
  }
}

/**
 * Fill in the choices of a filter with the number of results of each.
 *
 * @param {HTMLSelectElement} select
 * @param {Record<string, number>} every - what there is in the whole index
 * @param {Record<string, number>} [counts] - what there is in the results, if something was asked for
 */
function choices(select, every, counts) {
  const { value } = select;
  const values = Object.keys(every).sort((one, other) => one.localeCompare(other));
  if (select.name === "year") {
    values.reverse();
  }
  const options = values.map((name) => {
    const count = (counts ?? every)[name] ?? 0;
    return element("option", { value: name, textContent: `${name} (${count})`, disabled: count === 0 && name !== value });
  });
  select.replaceChildren(element("option", { value: "", textContent: _("any") }), ...options);
  select.value = values.includes(value) ? value : "";
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} [properties]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function element(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}
