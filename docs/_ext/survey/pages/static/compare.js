/**
 * Head types side by side. On the page of the comparison: those that the address names (compare.html?head=retrieval&
 * head=induction), each loaded as a script of its own, since from a folder a browser reads no other file. On the list of
 * all head types: boxes to choose some, and a link to their comparison.
 *
 * A classic script, not a module: browsers run no modules from a folder (file://).
 */
"use strict";

{
  /**
   * @typedef {string | [string, string]} Run - a text, or a text and where it leads, from the root of the site
   * @typedef {object} Column
   * @property {string} name
   * @property {string} url
   * @property {[string, string, Run[]][]} rows - each with an id and a title
   * @property {string[]} papers - keys
   * @property {[string, string, string]} [pattern] - title, drawing, caption
   */

  const spoken = /** @type {any} */ (window).surveyWords;
  /** @type {(text: string) => string} */
  const _ = spoken?._ ?? ((text) => text);
  /** @type {(one: string, many: string, count: number) => string} */
  const ngettext = spoken?.ngettext ?? ((one, many, count) => (count === 1 ? one : many));

  const MOST = 6; // columns
  const root = new URL(document.documentElement.dataset.content_root ?? "./", location.href);
  const data = () => /** @type {any} */ (window).surveyData ?? {};

  /**
   * @template {keyof HTMLElementTagNameMap} Tag
   * @param {Tag} tag
   * @param {Partial<HTMLElementTagNameMap[Tag]>} [properties]
   * @param {...(Node | string)} children
   * @returns {HTMLElementTagNameMap[Tag]}
   */
  const element = (tag, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };

  /** @param {string} address @returns {Promise<void>} */
  const load = (address) =>
    new Promise((resolve, reject) => {
      const script = element("script", { src: new URL(address, root).href });
      script.onload = () => resolve();
      script.onerror = () => reject(new Error(`cannot load ${script.src}`));
      document.head.append(script);
    });

  const comparison = document.querySelector(".survey-compare");
  const list = document.querySelector(".survey-choosable");
  if (comparison instanceof HTMLElement) compare(comparison);
  if (list instanceof HTMLElement) choose(list);

  /**
   * Put a box before each link to a head type.
   *
   * @param {Iterable<Element>} links
   * @returns {Map<HTMLInputElement, string>} the boxes with the ids of their head types
   */
  function boxesFor(links) {
    const boxes = new Map();
    for (const name of links) {
      const head = /([^/]+?)(?:\.html|\/)?$/.exec(new URL(/** @type {HTMLAnchorElement} */ (name).href).pathname)?.[1];
      if (!head) continue;
      const box = element("input", { type: "checkbox", autocomplete: "off" });
      box.setAttribute("aria-label", _("Compare {name}").replace("{name}", () => name.textContent ?? ""));
      boxes.set(box, head);
      name.before(box, " ");
    }
    return boxes;
  }

  /** @param {HTMLElement} page */
  function compare(page) {
    const form = page.querySelector("form");
    const select = page.querySelector("select");
    const status = page.querySelector(".survey-compare-status");
    const place = page.querySelector(".survey-compared");
    const exports = page.querySelector(".survey-compare-exports");
    if (!form || !select || !status || !(place instanceof HTMLElement) || !(exports instanceof HTMLElement)) return;
    const names = new Map([...select.options].map(({ value, text }) => [value, text]));
    const boxes = boxesFor(page.querySelectorAll(".survey-comparable td:first-child a"));

    /** @type {Column[]} */
    let shown = [];
    let turn = 0;

    const chosen = () => [...new Set(new URLSearchParams(location.search).getAll("head"))].filter((head) => names.has(head));

    /** @param {string[]} heads */
    const go = (heads) => {
      const query = heads.map((head) => `head=${encodeURIComponent(head)}`).join("&");
      history.pushState(null, "", query ? `?${query}` : location.pathname);
      return show();
    };

    const show = async () => {
      const mine = (turn += 1);
      const asked = new URLSearchParams(location.search).getAll("head");
      const heads = chosen().slice(0, MOST);
      try {
        await Promise.all(heads.filter((head) => !data().compare?.[head]).map((head) => load(`data/compare/${head}.js`)));
      } catch {
        status.textContent = _("The comparison could not be loaded.");
        return;
      }
      if (mine !== turn) return;
      shown = heads.map((head) => data().compare[head]);
      place.hidden = exports.hidden = heads.length === 0;
      place.replaceChildren(...(heads.length ? [table(heads)] : []));
      const unknown = asked.filter((head) => !names.has(head));
      const said = [];
      if (unknown.length) said.push(_("There is no head type {name}.").replace("{name}", () => unknown.join(", ")));
      if (chosen().length > MOST) said.push(_("The first {count} are shown.").replace("{count}", String(MOST)));
      if (!heads.length) said.push(_("Nothing is chosen yet. Add two head types."));
      else if (heads.length === 1) said.push(_("Add another head type to compare {name} with.").replace("{name}", () => shown[0].name));
      status.textContent = said.join(" ");
      for (const [box, head] of boxes) box.checked = heads.includes(head);
      for (const option of select.options) option.disabled = heads.includes(option.value);
      if (select.selectedOptions[0]?.disabled) select.value = [...select.options].find(({ disabled }) => !disabled)?.value ?? "";
    };

    /** @param {string[]} heads @returns {HTMLTableElement} */
    const table = (heads) => {
      const top = element("tr", {}, element("td"));
      heads.forEach((head, at) => {
        const remove = element("button", { type: "button", className: "survey-button", textContent: _("Remove") });
        remove.setAttribute("aria-label", _("Remove {name}").replace("{name}", () => shown[at].name));
        remove.addEventListener("click", () => {
          void go(heads.filter((other) => other !== head)).then(() => select.focus());
        });
        const link = element("a", { href: new URL(shown[at].url, root).href, textContent: shown[at].name });
        top.append(element("th", { scope: "col" }, link, " ", remove));
      });
      const body = element("tbody");
      for (const [row, title] of titles()) {
        body.append(element("tr", {}, element("th", { scope: "row", textContent: title }), ...shown.map((column) => cell(column, row))));
        if (row === "writes" && shown.some(({ pattern }) => pattern)) body.append(patterns());
      }
      return element("table", { className: "table" }, element("thead", {}, top), body);
    };

    /** @returns {Map<string, string>} the rows that any column has, in their order */
    const titles = () => {
      const most = [...shown].sort((one, other) => other.rows.length - one.rows.length);
      /** @type {Map<string, string>} */
      const found = new Map(most[0]?.rows.map(([row, title]) => [row, title]));
      for (const { rows } of most) for (const [row, title] of rows) if (!found.has(row)) found.set(row, title);
      return found;
    };

    /** @param {Column} column @param {string} row */
    const runs = (column, row) => column.rows.find(([name]) => name === row)?.[2] ?? [];

    /** @param {Column} column @param {string} row */
    const cell = (column, row) => {
      const found = runs(column, row).map((run) =>
        typeof run === "string" ? run : element("a", { href: new URL(run[1], root).href, textContent: run[0] }),
      );
      return element("td", {}, ...(found.length ? found : ["–"]));
    };

    const patterns = () => {
      const title = shown.find(({ pattern }) => pattern)?.pattern?.[0] ?? "";
      const row = element("tr", {}, element("th", { scope: "row", textContent: title }));
      for (const { pattern } of shown) {
        const drawing = element("template", { innerHTML: pattern?.[1] ?? "" });
        row.append(pattern ? element("td", {}, drawing.content, element("small", { textContent: pattern[2] })) : element("td", {}, "–"));
      }
      return row;
    };

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (select.value) void go([...chosen(), select.value]);
    });
    for (const [box, head] of boxes) {
      box.addEventListener("change", () => {
        void go(box.checked ? [...chosen(), head] : chosen().filter((other) => other !== head));
      });
    }
    addEventListener("popstate", () => void show());

    /* The table as a text */

    /** @param {Run[]} cells */
    const words = (cells) => cells.map((run) => (typeof run === "string" ? run : run[0])).join("");
    /** @param {string} text */
    const markdown = (text) => text.replace(/([\\|*_`<>[\]])/g, "\\$1").replace(/\s+/g, " ");
    /** @type {Record<string, string>} */
    const COMMANDS = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };
    /** @param {string} text */
    const latex = (text) =>
      text
        .replace(/[\\~^]|[&%$#_{}]/g, (sign) => COMMANDS[sign] ?? `\\${sign}`)
        .replace(/–/g, "--")
        .replace(/\s+/g, " ");

    /** @param {(text: string) => string} written @param {(keys: string[]) => string} cite @returns {string[][]} */
    const lines = (written, cite) => [
      ["", ...shown.map(({ name }) => written(name))],
      ...[...titles()].map(([row, title]) => [
        written(title),
        ...shown.map((column) => (row === "papers" ? cite(column.papers) : written(words(runs(column, row)) || "–"))),
      ]),
    ];

    const FORMATS = {
      md: async () => {
        const [head, ...rest] = lines(markdown, (keys) => (keys.length ? `[${keys.map((key) => `@${key}`).join("; ")}]` : "–"));
        return [head, head.map(() => "---"), ...rest].map((row) => `| ${row.join(" | ")} |\n`).join("");
      },
      tex: async () => {
        const rows = lines(latex, (keys) => (keys.length ? `\\cite{${keys.join(",")}}` : "--"));
        const width = (0.84 / shown.length).toFixed(2);
        const columns = `p{0.14\\linewidth}${`p{${width}\\linewidth}`.repeat(shown.length)}`;
        const [head, ...rest] = rows.map((row) => `${row.join(" & ")} \\\\\n`);
        return `\\begin{tabular}{${columns}}\n\\hline\n${head}\\hline\n${rest.join("")}\\hline\n\\end{tabular}\n`;
      },
      bib: async () => {
        if (!data().citations) await load("data/citations.js");
        const keys = [...new Set(shown.flatMap(({ papers }) => papers))].sort();
        return keys.map((key) => `${data().citations.papers[key][0]}\n`).join("\n");
      },
    };
    const TYPES = { md: "text/markdown", tex: "application/x-tex", bib: "application/x-bibtex" };

    exports.addEventListener("click", async ({ target }) => {
      const ending = /** @type {keyof typeof FORMATS | undefined} */ (target instanceof HTMLButtonElement ? target.dataset.export : undefined);
      if (!ending) return;
      try {
        const blob = new Blob([await FORMATS[ending]()], { type: `${TYPES[ending]};charset=utf-8` });
        const link = element("a", { href: URL.createObjectURL(blob), download: `comparison.${ending}` });
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      } catch {
        status.textContent = _("The export could not be loaded.");
      }
    });

    place.hidden = chosen().length === 0;
    page.dataset.ready = "";
    void show();
  }

  /** @param {HTMLElement} entries */
  function choose(entries) {
    const address = document.querySelector(".survey-compare-link a");
    if (!(address instanceof HTMLAnchorElement)) return;
    address.after(" ", _("(or tick some of them here)"));
    const link = element("a");
    const clear = element("button", { type: "button", className: "survey-button", textContent: _("Clear all") });
    const bar = element("p", { className: "survey-compare-bar", hidden: true }, link, " ", clear);
    const boxes = boxesFor(entries.querySelectorAll("dt > a"));
    const show = () => {
      const heads = [...boxes].filter(([box]) => box.checked).map(([, head]) => head);
      bar.hidden = heads.length === 0;
      link.href = `${address.href.split("?")[0]}?${heads.map((head) => `head=${head}`).join("&")}`;
      link.textContent = ngettext("Compare {count} head type", "Compare {count} head types", heads.length).replace("{count}", String(heads.length));
    };
    clear.addEventListener("click", () => {
      for (const box of boxes.keys()) box.checked = false;
      show();
      [...boxes.keys()][0]?.focus();
    });
    entries.addEventListener("change", show);
    entries.after(bar);
    addEventListener("pageshow", show); // a browser may give the boxes back as they were
  }
}
