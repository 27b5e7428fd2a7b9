/**
 * The explorer: chooses among the papers that the page lists in full, keeps the counts right, sorts, and exports what is
 * chosen. The choice is in the address, so a view can be shared and the browser's way back works.
 *
 * A paper is shown if it has one of the chosen terms of every facet in which something is chosen, and all the words. The
 * number at a term says how many papers there would be with it: what is chosen in its own facet doesn't count.
 *
 * Of hundreds of matches the page holds the first few, and more as the reader scrolls: what a click costs is
 * what it puts on the page.
 *
 * A chosen head type includes its subtypes while the box below says so; papers for which nothing is recorded under a
 * chosen facet are offered above the list.
 *
 * A classic script, not a module: browsers run no modules from a folder (file://).
 */
"use strict";

{
  /** @typedef {{ input: HTMLInputElement, label: HTMLElement, name: string, count: HTMLElement, papers: number }} Term */
  /** @typedef {{ name: string, title: string, element: HTMLElement, terms: Map<string, Term>, values: string[] }} Facet */
  /** @typedef {{ key: string, item: HTMLElement, values: number[][], own: number[][], words: string | null, title: string }} Paper */
  /** @typedef {{ chosen: Map<string, Set<string>>, words: string, order: string, kinds: boolean }} State */

  const root = new URL("../", /** @type {HTMLScriptElement} */ (document.currentScript).src);

  /** What is said in the page's language, if it is not English (survey.js); and with a number, in one of two forms. */
  const spoken = /** @type {any} */ (window).surveyWords;
  /** @type {(text: string) => string} */
  const _ = spoken?._ ?? ((text) => text);
  /** @type {(one: string, many: string, count: number) => string} */
  const ngettext = spoken?.ngettext ?? ((one, many, count) => (count === 1 ? one : many));

  /**
   * @template {Element} T
   * @param {ParentNode} within @param {string} query @param {new () => T} type @returns {T}
   */
  const one = (within, query, type) => {
    const found = within.querySelector(query);
    if (!(found instanceof type)) throw new Error(`the explorer has no ${query}`);
    return found;
  };
  /** @param {ParentNode} within @param {string} query @returns {HTMLElement[]} */
  const all = (within, query) => Array.from(within.querySelectorAll(query), (found) => /** @type {HTMLElement} */ (found));
  /** @param {string} text */
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  /** @param {Element} element */
  const textOf = (element) => (element.textContent ?? "").replace(/\s+/g, " ").trim();

  const explorer = one(document, ".survey-explore", HTMLElement);
  const form = one(explorer, ".survey-filters", HTMLFormElement);
  const words = one(form, "[name=q]", HTMLInputElement);
  const order = one(explorer, "[name=sort]", HTMLSelectElement);
  const list = one(explorer, ".survey-explored", HTMLElement);
  const matches = one(explorer, ".survey-matches", HTMLElement);
  const chosenList = one(explorer, ".survey-chosen", HTMLElement);
  const sheet = one(form, ".survey-facets", HTMLDetailsElement);
  const lost = one(explorer, ".survey-lost", HTMLElement);
  const comparing = explorer.querySelector(".survey-compare-chosen a");
  const withKinds = form.querySelector("[name=kinds]");
  const NOT_RECORDED = "not-recorded";
  const defaultOrder = order.options[0].value;
  const AT_ONCE = 40; // papers that are put on the page in one go: about 10,000 pixels

  /** @type {Facet[]} */
  const facets = all(form, "[data-facet]").map((element) => ({
    name: element.dataset.facet ?? "",
    title: textOf(element.querySelector("legend") ?? element),
    element,
    terms: new Map(
      all(element, ".survey-term").map((label) => {
        const input = one(label, "input", HTMLInputElement);
        const count = one(label, ".survey-term-count", HTMLElement);
        const name = textOf(one(label, ".survey-term-name", HTMLElement));
        return [input.value, { input, label, name, count, papers: Number(count.textContent) }];
      }),
    ),
    values: [], // all that papers have of it, by number
  }));

  /** The numbers of values in a facet: those met first are numbered first. */
  const numbersOf = (() => {
    const known = facets.map(() => /** @type {Map<string, number>} */ (new Map()));
    /** @param {number} facet @param {string[]} values */
    return (facet, values) =>
      values.map((value) => {
        const number = known[facet].get(value) ?? facets[facet].values.push(value) - 1;
        known[facet].set(value, number);
        return number;
      });
  })();

  /** Values with what they are kinds of. @param {Facet} facet @param {string[]} values */
  const withParents = (facet, values) => {
    const found = new Set(values);
    for (const value of found) {
      const parent = facet.terms.get(value)?.input.dataset.parent;
      if (parent) found.add(parent);
    }
    return [...found];
  };

  /** @type {Paper[]} */
  const papers = all(list, "[data-paper]").map((item) => {
    const said = facets.map(({ name }) => item.getAttribute(`data-${name}`)?.split(" ") ?? []);
    return {
      key: item.dataset.paper ?? "",
      item,
      values: facets.map((facet, at) => numbersOf(at, withParents(facet, said[at]))),
      own: said.map((values, at) => numbersOf(at, values)),
      words: null,
      title: folded(textOf(one(item, ".survey-paper-heading", HTMLElement))),
    };
  });

  /* The state, and its form in the address */

  /** @returns {State} */
  const fromAddress = () => {
    const query = new URLSearchParams(location.search);
    const chosen = new Map(facets.map(({ name }) => [name, new Set(query.getAll(name).filter(Boolean))]));
    const wanted = query.get("sort") ?? "";
    const known = [...order.options].some(({ value }) => value === wanted);
    const kinds = query.get("kinds") !== "no";
    return { chosen, words: query.get("q") ?? "", order: known ? wanted : defaultOrder, kinds };
  };

  let state = fromAddress();

  const address = () => {
    const query = new URLSearchParams();
    for (const [name, values] of state.chosen) for (const value of values) query.append(name, value);
    if (state.words.trim()) query.set("q", state.words.trim());
    if (!state.kinds) query.set("kinds", "no");
    if (state.order !== defaultOrder) query.set("sort", state.order);
    const text = String(query);
    return location.pathname + (text && `?${text}`) + location.hash;
  };

  /** @param {"push" | "replace"} how */
  const keep = (how) => {
    const to = address();
    if (to === location.pathname + location.search + location.hash) return;
    try {
      history[how === "push" ? "pushState" : "replaceState"](null, "", to);
    } catch {
      // Safari allows a hundred in half a minute; the next one says what this one would have said.
    }
  };

  /* Sorting: each order is made once */

  const venue = facets.findIndex(({ name }) => name === "venue");
  /** @type {Record<string, (paper: Paper) => string>} */
  const SORTED_BY = {
    title: (paper) => paper.title,
    year: (paper) => `${9999 - Number(paper.item.getAttribute("data-year"))} ${paper.title}`,
    venue: (paper) => {
      const value = facets[venue]?.values[paper.values[venue][0]] ?? "";
      return folded(facets[venue]?.terms.get(value)?.name ?? value);
    },
  };
  const orders = new Map([[defaultOrder, papers]]);

  /** All papers in the order of the state; those that it doesn't tell apart are newest first. */
  const ordered = () => {
    let found = orders.get(state.order);
    if (!found) {
      const keyed = papers.map((paper) => /** @type {const} */ ([SORTED_BY[state.order](paper), paper]));
      found = keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, paper]) => paper);
      orders.set(state.order, found);
    }
    return found;
  };

  /* Choosing */

  /** Summaries by paper, in HTML: they are loaded when somebody looks for words. @type {Record<string, string>} */
  let summaries = {};
  const { load, summaryOf } = /** @type {any} */ (window).surveySummaries ?? {};
  /** @type {Promise<void> | undefined} */
  let looking;
  /** Look into the summaries too, once they are there. */
  const withSummaries = () =>
    (looking ??= Promise.resolve(load?.() ?? {}).then(
      (found) => {
        summaries = found;
        for (const paper of papers) paper.words = null;
        if (state.words.trim()) show();
      },
      () => {
        looking = undefined; // it may work later; until then it is the takeaways
      },
    ));

  /** @param {Paper} paper */
  const wordsOf = (paper) => {
    if (paper.words === null) {
      const parts = all(paper.item, ".survey-takeaway, .survey-result, .survey-summary dd").map(textOf);
      const summary = summaries[paper.key] ?? "";
      if (summary) parts.push(...all(summaryOf(summary), "dd").map(textOf));
      paper.words = [paper.title, ...[paper.item.dataset.authors ?? "", ...parts].map(folded)].join("\n");
    }
    return paper.words;
  };

  /** What must be there: words, and phrases in quotation marks. */
  const wantedWords = () =>
    Array.from(folded(state.words).matchAll(/"([^"]+)"|([^\s"]+)/g), ([, phrase, word]) =>
      (phrase ?? word).replace(/\s+/g, " ").trim(),
    ).filter(Boolean);

  /** @returns {{ found: Paper[], counts: Map<string, number>[] }} */
  const choose = () => {
    const wanted = wantedWords();
    const chosen = facets.map(({ name, values }) => {
      const set = state.chosen.get(name) ?? new Set();
      return { size: set.size, has: values.map((value) => set.has(value)) };
    });
    const counts = facets.map(({ values }) => new Uint32Array(values.length));
    const found = [];
    for (const paper of ordered()) {
      if (wanted.length && !wanted.every((word) => wordsOf(paper).includes(word))) continue;
      const has = state.kinds ? paper.values : paper.own;
      let failed = -1;
      let failures = 0;
      for (let at = 0; at < facets.length && failures < 2; at++) {
        if (chosen[at].size && !has[at].some((value) => chosen[at].has[value])) {
          failed = at;
          failures++;
        }
      }
      if (failures === 0) found.push(paper);
      if (failures > 1) continue;
      for (let at = 0; at < facets.length; at++) {
        if (failures && at !== failed) continue;
        for (const value of has[at]) counts[at][value]++;
      }
    }
    return { found, counts: facets.map(({ values }, at) => new Map(values.map((value, to) => [value, counts[at][to]]))) };
  };

  /* Showing */

  /** @type {Paper[]} */
  let shown = papers;
  const more = document.createElement("button");
  more.type = "button";
  more.className = "survey-button survey-more";
  more.textContent = _("Show more");
  more.hidden = true;
  list.after(more);

  /** @param {Paper[]} found */
  const put = (found) => {
    const same = found.length === shown.length && found.every((paper, at) => paper === shown[at]);
    if (same && list.childElementCount === Math.min(found.length, AT_ONCE)) return;
    shown = found;
    list.replaceChildren(...found.slice(0, AT_ONCE).map(({ item }) => item));
    more.hidden = found.length <= AT_ONCE;
  };

  const putMore = () => {
    const from = list.childElementCount;
    list.append(...shown.slice(from, from + AT_ONCE).map(({ item }) => item));
    more.hidden = list.childElementCount === shown.length;
  };

  /** @param {number} count */
  const counted = (count) => ngettext("{count} paper", "{count} papers", count).replace("{count}", String(count));

  /** @param {Facet} facet @param {string} value */
  const chip = (facet, value) => {
    const name = facet.terms.get(value)?.name ?? value;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "survey-chip";
    button.dataset.name = facet.name;
    button.dataset.value = value;
    button.textContent = name;
    const label = _("Remove {facet}: {term}").replace("{facet}", () => facet.title);
    button.setAttribute("aria-label", label.replace("{term}", () => name));
    const entry = document.createElement("li");
    entry.append(button);
    return entry;
  };

  /** A chip for the words that were typed. */
  const wordsChip = () => {
    const entry = chip({ name: "q", title: _("words"), element: form, terms: new Map(), values: [] }, state.words.trim());
    one(entry, "button", HTMLButtonElement).textContent = `“${state.words.trim()}”`;
    return entry;
  };

  /* Where nothing is found, the page says what may help. */
  const nothing = document.createElement("p");
  nothing.className = "survey-nothing";
  nothing.textContent = _("No paper has all of this. Remove a word or a filter above, or look for only a part of a word.");
  nothing.hidden = true;
  list.before(nothing);

  /* On a narrow screen the filters are a sheet over the page; a button at its foot says how many papers it leads to. */
  const leave = document.createElement("button");
  leave.type = "button";
  leave.className = "survey-button survey-leave";
  sheet.append(leave);

  /** Offer the papers that a choice loses because nothing is recorded of them. @param {Map<string, number>[]} counts */
  const offer = (counts) => {
    lost.replaceChildren();
    facets.forEach((facet, at) => {
      const chosen = state.chosen.get(facet.name) ?? new Set();
      const count = counts[at].get(NOT_RECORDED) ?? 0;
      if (chosen.size === 0 || chosen.has(NOT_RECORDED) || count === 0) return;
      const said = ngettext("{count} more paper has nothing recorded under {facet}.", "{count} more papers have nothing recorded under {facet}.", count);
      const button = document.createElement("button");
      button.type = "button";
      button.className = "survey-button";
      button.textContent = _("Show them too");
      button.addEventListener("click", () => {
        toggle(facet.name, NOT_RECORDED, true);
        chosenList.querySelector("button")?.focus(); // this button is gone
      });
      lost.append(said.replace("{count}", String(count)).replace("{facet}", () => facet.title), " ", button, " ");
    });
    lost.hidden = lost.childElementCount === 0;
  };

  /** Show the state: in the list, the counts, the controls and the words about them. */
  const show = () => {
    if (state.words.trim()) withSummaries();
    const { found, counts } = choose();
    put(found);
    facets.forEach((facet, at) => {
      const chosen = state.chosen.get(facet.name) ?? new Set();
      for (const [value, term] of facet.terms) {
        const count = counts[at].get(value) ?? 0;
        term.input.checked = chosen.has(value);
        if (count === term.papers) continue;
        term.papers = count;
        term.count.textContent = String(count);
        term.label.classList.toggle("survey-none", count === 0);
      }
      const note = facet.element.querySelector(".survey-chosen-count");
      if (note) note.textContent = chosen.size ? _("({count} chosen)").replace("{count}", String(chosen.size)) : "";
    });
    const total = counted(papers.length);
    const some = _("{count} of {papers}").replace("{count}", String(found.length)).replace("{papers}", total);
    matches.textContent = found.length === papers.length ? total : some;
    if (document.activeElement !== words) words.value = state.words;
    order.value = state.order;
    if (withKinds instanceof HTMLInputElement) withKinds.checked = state.kinds;
    const heads = [...(state.chosen.get("head") ?? [])].filter((head) => head !== NOT_RECORDED);
    if (comparing instanceof HTMLAnchorElement) {
      comparing.search = heads.map((head) => `head=${encodeURIComponent(head)}`).join("&");
      /** @type {HTMLElement} */ (comparing.parentElement).hidden = heads.length < 2;
    }
    const chips = facets.flatMap((facet) => [...(state.chosen.get(facet.name) ?? [])].map((value) => chip(facet, value)));
    if (state.words.trim()) chips.unshift(wordsChip());
    one(chosenList, "ul", HTMLElement).replaceChildren(...chips);
    nothing.hidden = found.length > 0;
    leave.textContent = _("Show {papers}").replace("{papers}", counted(found.length));
    offer(counts);
    chosenList.hidden = address() === location.pathname + location.hash;
    for (const button of explorer.querySelectorAll("button[data-export]")) {
      /** @type {HTMLButtonElement} */ (button).disabled = found.length === 0;
    }
  };

  /** @param {Partial<State>} change @param {"push" | "replace"} [how] */
  const change = (change, how = "push") => {
    state = { ...state, ...change };
    keep(how);
    show();
  };

  /** @param {string} name @param {string} value @param {boolean} on */
  const toggle = (name, value, on) => {
    const chosen = new Map(state.chosen);
    const values = new Set(chosen.get(name));
    values[on ? "add" : "delete"](value);
    change({ chosen: chosen.set(name, values) });
  };

  /* What readers do */

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", ({ target }) => {
    if (target === withKinds) {
      change({ kinds: /** @type {HTMLInputElement} */ (target).checked });
    } else if (target instanceof HTMLInputElement && target.type === "checkbox") {
      toggle(target.name, target.value, target.checked);
    }
  });
  let typing = false; // one step of the way back for all that is typed in one go
  words.addEventListener("input", () => {
    change({ words: words.value }, typing ? "replace" : "push");
    typing = true;
  });
  for (const ended of ["change", "blur"]) words.addEventListener(ended, () => (typing = false));
  order.addEventListener("change", () => change({ order: order.value }));
  words.addEventListener("focus", () => {
    /** Read the texts a few at a time, so that the first letter needn't wait. @param {number} at */
    const read = (at) => {
      for (const end = performance.now() + 8; at < papers.length && performance.now() < end; at++) wordsOf(papers[at]);
      if (at < papers.length) setTimeout(read, 0, at);
    };
    withSummaries().then(() => read(0));
  });
  more.addEventListener("click", putMore);
  new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && putMore(), { rootMargin: "2000px" }).observe(more);

  const clear = () => {
    words.value = "";
    for (const field of all(form, ".survey-find")) {
      /** @type {HTMLInputElement} */ (field).value = "";
      field.dispatchEvent(new Event("input"));
    }
    change({ chosen: new Map(facets.map(({ name }) => [name, new Set()])), words: "", order: defaultOrder, kinds: true });
    words.focus(); // the button that had the focus is gone
  };
  chosenList.addEventListener("click", ({ target }) => {
    if (!(target instanceof HTMLButtonElement)) return;
    if (target.classList.contains("survey-clear")) return clear();
    const at = [...chosenList.querySelectorAll("button")].indexOf(target);
    if (target.dataset.name === "q") {
      words.value = "";
      change({ words: "" });
    } else {
      toggle(target.dataset.name ?? "", target.dataset.value ?? "", false);
    }
    const left = chosenList.querySelectorAll("button");
    if (chosenList.hidden) words.focus();
    else left[Math.min(at, left.length - 1)].focus();
  });

  /* The sheet is a popover while it is open, so that Escape and a touch beside it close it. */

  const narrow = matchMedia("(max-width: 767.98px)");
  const summary = one(sheet, "summary", HTMLElement);
  summary.addEventListener("click", (event) => {
    if (!narrow.matches || !("showPopover" in sheet)) return;
    event.preventDefault();
    if (sheet.popover) return sheet.hidePopover();
    sheet.open = true;
    sheet.popover = "auto";
    sheet.showPopover();
  });
  sheet.addEventListener("toggle", () => {
    if (!sheet.popover || sheet.matches(":popover-open")) return;
    sheet.popover = null;
    sheet.open = false;
  });
  leave.addEventListener("click", () => {
    if (sheet.popover) sheet.hidePopover();
    else sheet.open = false;
    matches.scrollIntoView({ block: "start" });
    summary.focus({ preventScroll: true });
  });

  for (const facet of facets) {
    const field = facet.element.querySelector(".survey-find");
    if (!(field instanceof HTMLInputElement)) continue;
    field.addEventListener("input", () => {
      const wanted = folded(field.value).trim();
      for (const { label, name, input } of facet.terms.values()) {
        label.hidden = wanted !== "" && !input.checked && !folded(name).includes(wanted);
      }
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  }

  addEventListener("popstate", () => {
    state = fromAddress();
    typing = false;
    words.value = state.words;
    show();
  });

  /* Exporting */

  /** @typedef {{ columns: string, papers: Record<string, [string, string, string]> }} Citations */
  /** @type {Promise<Citations> | undefined} */
  let loading;

  const citations = () =>
    (loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL("data/citations.js", root).href;
      script.onload = () => resolve(/** @type {any} */ (window).surveyData.citations);
      script.onerror = () => reject(new Error(`cannot load ${script.src}`));
      document.head.append(script);
    }));

  /** @type {Record<string, { type: string, text: (data: Citations, keys: string[]) => string }>} */
  const FORMATS = {
    bib: {
      type: "application/x-bibtex",
      text: (data, keys) => keys.map((key) => `${data.papers[key][0]}\n`).join("\n"),
    },
    ris: {
      type: "application/x-research-info-systems",
      text: (data, keys) => keys.map((key) => `${data.papers[key][1].replace(/\n+$/, "")}\n`).join("\n"),
    },
    csv: { type: "text/csv", text: (data, keys) => data.columns + keys.map((key) => data.papers[key][2]).join("") },
  };

  explorer.addEventListener("click", async ({ target }) => {
    const ending = target instanceof HTMLButtonElement ? target.dataset.export : undefined;
    if (!ending) return;
    try {
      const data = await citations();
      const known = shown.map(({ key }) => key).filter((key) => key in data.papers);
      const blob = new Blob([FORMATS[ending].text(data, known)], { type: `${FORMATS[ending].type};charset=utf-8` });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = `papers.${ending}`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    } catch {
      loading = undefined; // it may work later
      matches.textContent = _("The export could not be loaded.");
    }
  });

  words.value = state.words;
  for (const { name, element } of facets) {
    if (element instanceof HTMLDetailsElement && state.chosen.get(name)?.size) element.open = true;
  }
  show();
  explorer.dataset.ready = "";
}
