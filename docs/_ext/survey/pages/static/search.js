/**
 * The search: a field, three filters and the results, as a dialog on every page and on the page search.html.
 *
 * Pagefind finds the words (and phrases in quotes) in an index made after the build. Before its results stands what the
 * question means, if it means one thing or a few: what is called so, has this number, is by these people, or does this
 * (lookup.js). Nothing of all this is loaded before the search is opened; the page search.html waits for a question.
 */

import { Lookup, called, plain, root, telling } from "./lookup.js";

/**
 * @typedef {import("./lookup.js").Named} Named
 * @typedef {{ url: string, excerpt: string, content: string, meta: Record<string, string> }} Page
 * @typedef {{ id: string, data: () => Promise<Page> }} Result
 * @typedef {Record<string, Record<string, number>>} Counts
 * @typedef {{ results: Result[], filters: Counts, totalFilters: Counts }} Found
 * @typedef {Record<string, string>} Filters
 * @typedef {{ examples: string[], pages: { title: string, url: string }[] }} Start
 * @typedef {object} Pagefind
 * @property {(options: Record<string, unknown>) => Promise<void>} options
 * @property {() => Promise<Counts>} filters
 * @property {(words: string | null, options: { filters: Filters | { not: Filters } }) => Promise<Found>} search
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
const PAUSE = 120; // milliseconds between a key and the search
/** The filter that has the pages for those who work on the survey; whoever searches reads it. */
const WORKSHOP = { shelf: "workshop" };

/** @type {HTMLDialogElement | undefined} */
let dialog;
let number = 0;

/**
 * Open the search as a dialog.
 *
 * @param {URL} site - its address
 */
export function open(site) {
  if (!dialog) {
    const style = element("link", { rel: "stylesheet", href: new URL("_static/search.css", site).href });
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
    mount(place, site);
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
 * @param {URL} site - its address
 * @param {HTMLElement} [instead] - shown if there is no index; its presence means that the search has the page's address
 */
export function mount(place, site, instead) {
  const id = `survey-search-${(number += 1)}`;
  const form = element("form", { className: "survey-search" });
  form.setAttribute("role", "search");
  const field = element("input", { type: "search", id, autocomplete: "off", spellcheck: false, enterKeyHint: "search" });
  field.placeholder = _('A head or what it does, a paper, "a phrase"');
  const label = element("label", { htmlFor: id, textContent: _("Search the survey") });
  const selects = Object.entries(FILTERS).map(([name, text]) => filter(name, text, `${id}-${name}`));
  const row = element("div", { className: "survey-search-filters" });
  row.append(...selects.map((select) => select.parentElement ?? select));
  const status = element("p", { className: "survey-search-status" });
  status.setAttribute("role", "status");
  const list = element("ol", { className: "survey-search-results" });
  const more = element("button", { type: "button", className: "survey-search-more", textContent: _("More results"), hidden: true });
  const hints = element("div", { className: "survey-search-hints", hidden: true });
  form.append(label, field, row, status, hints, list, more);
  place.replaceChildren(form);

  /** @type {ReturnType<typeof load> | undefined} */
  let sources;
  const needed = () => (sources ??= load(site));
  let turn = 0;
  let timer = 0;

  /** @returns {Filters} */
  const chosen = () => Object.fromEntries(selects.filter((at) => at.value).map((at) => [at.name, at.value]));

  const run = async () => {
    const mine = (turn += 1);
    const words = field.value.trim();
    const filters = chosen();
    const asked = words !== "" || Object.keys(filters).length > 0;
    hints.hidden = asked || hints.childElementCount === 0;
    if (instead) {
      const state = new URLSearchParams({ ...(words ? { q: words } : {}), ...filters }).toString();
      try {
        history.replaceState(null, "", state ? `?${state}` : location.pathname);
      } catch {
        // Safari allows a hundred in half a minute; the next one says what this one would have said.
      }
    }
    const { pagefind, lookup } = await needed();
    if (!pagefind) {
      instead ? (instead.hidden = false) : location.assign(new URL("search.html", site));
      return;
    }
    const every = await pagefind.filters();
    const isPhrase = words.startsWith('"');
    // In quotes a name still means what is called so, and nothing that is only near it.
    const near = lookup.find(field.value.replaceAll('"', "").trimStart(), (one) => fits(one, filters));
    const meant = isPhrase ? { ...near, read: "", found: near.sure ? near.found : [] } : near;
    const { found, read } = await textsWith(pagefind, every, words, meant.read.trim(), filters, asked);
    if (mine !== turn) {
      return; // the reader has typed on
    }
    selects.forEach((select) => choices(select, every[select.name] ?? {}, found?.filters[select.name]));
    const results = found?.results ?? [];
    const first = await Promise.all(results.slice(0, PAGE).map((result) => result.data()));
    const heads = Object.keys(filters).length === 0 ? await headsFor(words, site) : [];
    if (mine !== turn) {
      return;
    }
    const address = (/** @type {string} */ url) => new URL(url, site).href;
    const known = new Map(lookup.records.map((one) => [address(one.url), one]));
    const hits = meant.found.map((one) => ({ one, url: address(one.url) }));
    const apart = new Set(hits.map((hit) => hit.url));
    const byAddress = new Map(first.map((at) => [address(at.url), at]));
    const stems = new Set(telling(read).map(root));
    const shown = (/** @type {Page} */ at) =>
      item(address(at.url), known.get(address(at.url)), at, stems, "");
    const named = hits.map(({ one, url }) => item(url, one, byAddress.get(url), stems, also(one, words)));
    const others = first.filter((at) => !apart.has(address(at.url))).map(shown);
    const places = heads.map((head) => item(head.url, { ...head, about: head.says }, undefined, stems, ""));
    list.replaceChildren(...places, ...(meant.sure || !others.length ? [...named, ...others] : [...others.slice(0, 3), ...named, ...others.slice(3)]));
    const total = Math.max(results.length, list.childElementCount);
    status.textContent = asked ? said(total, words, read) : "";
    let until = PAGE;
    more.hidden = results.length <= until;
    more.onclick = async () => {
      const next = await Promise.all(results.slice(until, until + PAGE).map((result) => result.data()));
      const added = next.filter((at) => !apart.has(address(at.url))).map(shown);
      list.append(...added);
      until += PAGE;
      more.hidden = results.length <= until;
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
    selects.forEach((select) => select.addEventListener("focus", () => void run(), { once: true }));
    field.focus();
  }
  void suggest(hints, site, (example) => {
    field.value = example;
    field.focus();
    void run();
  }).then(() => (hints.hidden = field.value !== "" || Object.keys(chosen()).length > 0));
  if (!instead || field.value || Object.keys(chosen()).length) {
    void run();
  }
}

/**
 * Ask Pagefind: as it was typed, or where nothing has a word of it, without errors of typing. What is for those who work on the
 * survey comes last.
 *
 * @param {Pagefind} pagefind
 * @param {Counts} every
 * @param {string} words
 * @param {string} right
 * @param {Filters} filters
 * @param {boolean} asked
 * @returns {Promise<{ found?: Found, read: string }>}
 */
async function textsWith(pagefind, every, words, right, filters, asked) {
  if (!asked) {
    return { read: words };
  }
  /** @param {string} question @returns {Promise<Found>} */
  const ask = async (question) => {
    if (!every.shelf) {
      return pagefind.search(question || null, { filters });
    }
    const found = await pagefind.search(question || null, { filters: /** @type {any} */ ({ ...filters, not: WORKSHOP }) });
    const last = await pagefind.search(question || null, { filters: { ...filters, ...WORKSHOP } });
    return { ...found, filters: together(found.filters, last.filters), results: [...found.results, ...last.results] };
  };
  if (!right || right === words) {
    const found = await ask(words);
    return { found: (await isNoise(found, words)) ? { ...found, results: [] } : found, read: words };
  }
  if (right.startsWith('"')) {
    return { found: await ask(right), read: words }; // a number: in whole or not at all
  }
  const found = await ask(words);
  const first = await found.results[0]?.data();
  const wrong = words.split(/\s+/).filter((word) => !plain(right).split(" ").includes(plain(word)));
  // Where Pagefind doesn't find a word, it finds what begins a little like it.
  if (first && wrong.every((word) => plain(first.content).includes(plain(word)))) {
    return { found, read: words };
  }
  return { found: await ask(right), read: right };
}

/**
 * Tell whether a word is nowhere: Pagefind then finds what begins with its first letter or two.
 *
 * @param {Found} found
 * @param {string} words
 */
async function isNoise(found, words) {
  const word = plain(words);
  if (!/^[a-z]{4,}$/.test(word) || !found.results.length) {
    return false;
  }
  const beginning = word.slice(0, Math.max(4, word.length - 3)); // what its other forms begin with
  const pages = await Promise.all(found.results.slice(0, 3).map((result) => result.data()));
  return !pages.some((page) => plain(`${page.content} ${Object.values(page.meta).join(" ")}`).includes(beginning));
}

/** @param {Counts} one @param {Counts} other @returns {Counts} both counts, added */
function together(one, other) {
  /** @type {Counts} */
  const sum = {};
  for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const values = new Set([...Object.keys(one[name] ?? {}), ...Object.keys(other[name] ?? {})]);
    sum[name] = Object.fromEntries([...values].map((value) => [value, (one[name]?.[value] ?? 0) + (other[name]?.[value] ?? 0)]));
  }
  return sum;
}

/**
 * Say what can be asked, before anything is.
 *
 * @param {HTMLElement} hints
 * @param {URL} site
 * @param {(example: string) => void} ask
 */
async function suggest(hints, site, ask) {
  /** @type {Start} */
  const start = await fetch(new URL("search-start.json", site))
    .then((answer) => (answer.ok ? answer.json() : { examples: [], pages: [] }))
    .catch(() => ({ examples: [], pages: [] }));
  /** @param {string} text @param {HTMLElement[]} entries */
  const put = (text, entries) => {
    if (entries.length) {
      const list = element("ul");
      list.append(...entries.map((entry) => {
        const one = element("li");
        one.append(entry);
        return one;
      }));
      hints.append(element("p", { textContent: text }), list);
    }
  };
  const examples = start.examples.map((example) => {
    const button = element("button", { type: "button", textContent: example });
    button.addEventListener("click", () => ask(example));
    return button;
  });
  put(_("For example:"), examples);
  put(_("Or go to:"), start.pages.map(({ title, url }) => element("a", { href: new URL(url, site).href, textContent: title })));
  hints.append(shortcut());
}

/** @returns {HTMLElement} a box that switches the key "/" on and off, for all pages and visits */
function shortcut() {
  const page = document.documentElement.dataset;
  const box = element("input", { type: "checkbox", checked: page.slash !== "off" });
  box.addEventListener("change", () => {
    page.slash = box.checked ? "" : "off";
    try {
      localStorage.setItem("slash", page.slash);
    } catch {
      // The browser keeps nothing: it holds for this page.
    }
  });
  const label = element("label");
  label.append(box, " ", _("The key / opens the search"));
  const line = element("p", { className: "survey-search-shortcut" });
  line.append(label);
  return line;
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
 * Load Pagefind, and what is known by name.
 *
 * @param {URL} site
 * @returns {Promise<{ pagefind?: Pagefind, lookup: Lookup }>}
 */
async function load(site) {
  const names = fetch(new URL("search-names.json", site))
    .then((answer) => (answer.ok ? answer.json() : []))
    .catch(() => []);
  try {
    /** @type {Pagefind} */
    const pagefind = await import(new URL("pagefind/pagefind.js", site).href);
    await pagefind.options({ baseUrl: site.pathname, excerptLength: 28 });
    await pagefind.filters();
    return { pagefind, lookup: new Lookup(await names) };
  } catch {
    return { lookup: new Lookup([]) }; // a build without an index
  }
}

/** @param {Named} one @param {Filters} filters @returns {boolean} */
function fits(one, filters) {
  const has = { kind: [one.kind], stage: one.stages ?? [], year: [one.year ?? ""] };
  return Object.entries(filters).every(([name, value]) => has[/** @type {keyof typeof has} */ (name)].includes(value));
}

/** @param {Named} one @param {string} words @returns {string} the alias by which it was found, if it's one */
function also(one, words) {
  const wanted = called(words);
  const [name, ...aliases] = one.names ?? [one.title];
  if (plain(name).startsWith(wanted)) {
    return "";
  }
  return aliases.find((alias) => called(alias) === wanted) ?? aliases.find((alias) => plain(alias).startsWith(wanted)) ?? "";
}

/* What is shown */

/** @param {number} total @param {string} words @param {string} read - what they were read as @returns {string} */
function said(total, words, read) {
  if (total === 0) {
    return (words ? _("Nothing found for {words}.") : _("Nothing found.")).replace("{words}", () => words);
  }
  const text = !words
    ? ngettext("{count} result", "{count} results", total)
    : read === words
      ? ngettext("{count} result for {words}", "{count} results for {words}", total)
      : ngettext("{count} result for {read}: nothing has {words}", "{count} results for {read}: nothing has {words}", total);
  return text.replace("{count}", String(total)).replace("{words}", () => words).replace("{read}", () => read);
}

/**
 * @param {string} url
 * @param {Named | undefined} one - what is known of it
 * @param {Page | undefined} page - what Pagefind found of it
 * @param {Set<string>} stems - of the words that were asked for
 * @param {string} alias - by which it was found
 * @returns {HTMLElement}
 */
function item(url, one, page, stems, alias) {
  const result = element("li");
  const link = element("a", { href: url });
  link.append(element("span", { className: "survey-search-title", textContent: one?.title ?? page?.meta.title ?? url }), " ");
  link.append(element("span", { className: "survey-search-kind", textContent: one?.kind ?? page?.meta.kind ?? "" }));
  result.append(link);
  const by = authors(one);
  if (by) {
    result.append(element("p", { className: "survey-search-alias", textContent: by }));
  }
  if (alias) {
    result.append(element("p", { className: "survey-search-alias", textContent: _("also called {alias}").replace("{alias}", () => alias) }));
  }
  const words = one?.about || one?.does || "";
  const text = element("p", { className: "survey-search-excerpt" });
  const marked = mark(text, words, stems);
  if (words) {
    result.append(text);
  }
  if (page && !marked) {
    const passage = element("p", { className: "survey-search-excerpt" });
    // Text only, whatever the index holds: every other piece is marked.
    page.excerpt.split(/<\/?mark>/).forEach((piece, at) => {
      const bare = piece.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
      passage.append(at % 2 ? element("mark", { textContent: bare }) : bare);
    });
    result.append(passage);
  }
  return result;
}

/** @param {Named | undefined} one @returns {string} who wrote it, and when */
function authors(one) {
  const [first, second, third] = one?.people ?? [];
  if (!first) {
    return "";
  }
  const names = third ? `${first} et al.` : second ? _("{one} and {other}").replace("{one}", () => first).replace("{other}", () => second) : first;
  return `${names} ${one?.year ?? ""}`.trim();
}

/**
 * Put a text into an element, with the words that were asked for marked.
 *
 * @param {HTMLElement} into
 * @param {string} text
 * @param {Set<string>} stems
 * @returns {boolean} whether there are any
 */
function mark(into, text, stems) {
  let marked = false;
  for (const piece of text.split(/([\p{L}\p{N}]+)/u)) {
    const wanted = piece.length > 2 && stems.has(root(plain(piece)));
    into.append(wanted ? element("mark", { textContent: piece }) : piece);
    marked ||= wanted;
  }
  return marked;
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
