/**
 * What every page does with JavaScript and is complete without: the colour mode, the sidebar on wide screens, contents
 * that follow the reader, drawers that close behind a link, scrolling by keyboard, and opening the search.
 *
 * A classic script, not a module: browsers run no modules from a folder (file://). The search is a module, imported when
 * it is first opened; from a folder the link to its page works, which says what to do.
 */
"use strict";

{
  const page = document.documentElement;

  /** @type {(text: string) => string} says something in the page's language, if it is not English (survey.js) */
  const _ = /** @type {any} */ (window).surveyWords?._ ?? ((text) => text);

  /** @param {string} query @returns {HTMLElement[]} */
  const all = (query) => [...document.querySelectorAll(query)].filter((found) => found instanceof HTMLElement);

  /* Color mode: the script in the head has set it before the page was drawn. */

  const MODES = /** @type {const} */ ({
    auto: _("Color mode: as the system"),
    light: _("Color mode: light"),
    dark: _("Color mode: dark"),
  });
  const dark = matchMedia("(prefers-color-scheme: dark)");

  const showMode = () => {
    const mode = /** @type {keyof typeof MODES} */ (page.dataset.mode ?? "auto");
    page.dataset.theme = mode !== "auto" ? mode : dark.matches ? "dark" : "light";
    for (const button of all(".theme-switch-button")) {
      button.title = MODES[mode];
      button.setAttribute("aria-label", button.title);
    }
  };

  const nextMode = () => {
    const modes = Object.keys(MODES);
    page.dataset.mode = modes[(modes.indexOf(page.dataset.mode ?? "auto") + 1) % modes.length];
    showMode();
    try {
      localStorage.setItem("mode", page.dataset.mode ?? "auto");
    } catch {
      // The browser keeps nothing: the mode holds for this page.
    }
  };

  dark.addEventListener("change", showMode);
  all(".theme-switch-button").forEach((button) => button.addEventListener("click", nextMode));
  showMode();

  addEventListener("beforeprint", () => (page.dataset.theme = "light")); // paper is white
  addEventListener("afterprint", showMode);

  /* Drawers: popovers on narrow screens, by the browser alone; one that has none doesn't know their selectors either. */

  const popovers = "showPopover" in HTMLElement.prototype;

  /** @param {string} name @param {string} value keeps something until the window is closed, if the browser does */
  const keep = (name, value) => {
    try {
      sessionStorage.setItem(name, value);
    } catch {
      // It holds for this page.
    }
  };

  /** @param {string} name */
  const kept = (name) => {
    try {
      return sessionStorage.getItem(name);
    } catch {
      return null;
    }
  };

  const wide = matchMedia("(min-width: 960px)");
  for (const button of all(".primary-toggle")) {
    if (page.dataset.sidebar === "hidden" && wide.matches) {
      button.setAttribute("aria-expanded", "false");
    }
    button.addEventListener("click", (event) => {
      if (wide.matches) {
        event.preventDefault(); // no popover
        page.dataset.sidebar = page.dataset.sidebar === "hidden" ? "" : "hidden";
        keep("sidebar", page.dataset.sidebar);
        button.setAttribute("aria-expanded", String(page.dataset.sidebar !== "hidden"));
      }
    });
  }

  /* Hubs of the sidebar stay as the reader left them; the one that holds the page is open. */

  for (const hub of /** @type {HTMLDetailsElement[]} */ (all("details.survey-hub"))) {
    const name = `hub ${hub.dataset.hub}`;
    hub.open = hub.querySelector(".current") !== null || (kept(name) ?? String(hub.open)) === "true";
    hub.querySelector("summary")?.addEventListener("click", () => keep(name, String(!hub.open)));
  }

  const sidebar = document.getElementById("pst-primary-sidebar");
  const here = all("#pst-primary-sidebar .current > a").at(-1);
  if (sidebar && here && here.offsetTop > sidebar.clientHeight) {
    sidebar.scrollTop = here.offsetTop - sidebar.clientHeight / 2;
  }

  for (const drawer of all("[popover].bd-sidebar-secondary")) {
    drawer.addEventListener("click", (event) => {
      if (popovers && event.target instanceof Element && event.target.closest("a") && drawer.matches(":popover-open")) {
        drawer.hidePopover();
      }
    });
  }

  /* Contents that follow the reader. */

  const bar = document.querySelector(".sbt-scroll-pixel-helper");
  if (bar) {
    new IntersectionObserver(([seen]) => document.body.classList.toggle("scrolled", !seen.isIntersecting)).observe(bar);
  }

  /** @type {Map<Element, HTMLElement>} */
  const entries = new Map();
  for (const link of all("#pst-page-toc-nav a[href^='#']")) {
    const target = document.getElementById(decodeURIComponent((link.getAttribute("href") ?? "#").slice(1)));
    const heading = target?.querySelector("h1, h2, h3, h4, h5, h6") ?? target;
    if (heading) {
      entries.set(heading, link);
    }
  }

  /** @param {HTMLElement | null} current */
  const mark = (current) => {
    for (const link of entries.values()) {
      link.classList.toggle("active", link === current);
      link.toggleAttribute("aria-current", link === current);
      if (link === current) {
        link.setAttribute("aria-current", "true");
      }
    }
    for (const entry of all("#pst-page-toc-nav .toc-entry")) {
      entry.classList.toggle("active", entry.contains(current));
    }
  };

  /** The last heading in the upper third of the window; at the end of the page, where the rest stays below it, the one
   * that was asked for, or the last. */
  const headings = [...entries.keys()];
  const follow = () => {
    const top = (/** @type {Element} */ heading) => heading.getBoundingClientRect().top;
    let current = headings.filter((heading) => top(heading) <= innerHeight * 0.3).at(-1);
    if (scrollY > 0 && innerHeight + scrollY >= page.scrollHeight - 2) {
      const asked = headings.find((heading) => entries.get(heading)?.getAttribute("href") === location.hash);
      current = asked && top(asked) >= 0 ? asked : headings.at(-1);
    }
    mark((current && entries.get(current)) ?? null);
  };
  let asked = 0;
  if (headings.length) {
    addEventListener("scroll", () => (asked ||= requestAnimationFrame(() => ((asked = 0), follow()))), { passive: true });
    follow();
  }

  /* What an address asks for is unfolded: around it, as browsers do by now, and below the heading that it names. */

  /** What the address names: what :target matches, which isn't known while the page is read. */
  const named = () => {
    const id = location.hash.slice(1);
    try {
      return document.getElementById(decodeURIComponent(id));
    } catch {
      return document.getElementById(id); // a sign of percent that encodes nothing
    }
  };

  const unfold = () => {
    const asked = named();
    for (let around = asked; around; around = around.parentElement) {
      if (around instanceof HTMLDetailsElement) {
        around.open = true;
      }
    }
    for (const below of asked?.querySelectorAll(":scope > details.survey-unfolds") ?? []) {
      /** @type {HTMLDetailsElement} */ (below).open = true;
    }
  };
  addEventListener("hashchange", unfold);
  unfold();

  /* In a long list, what is laid out on the way to an address moves its place: the way is gone again until it is there.
   * Not when a reader goes back: the browser knows where they were. */

  const LISTS = "article :is(.survey-papers, .citation-list)";
  const FRAMES = 8; // until what comes near is laid out

  /** @param {number} left */
  const reach = (left) => {
    named()?.scrollIntoView({ behavior: "instant" });
    if (left > 0) requestAnimationFrame(() => reach(left - 1));
  };
  if (document.querySelector(LISTS)) {
    document.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      requestAnimationFrame(() => {
        if (link?.hash && link.href === location.href) reach(FRAMES); // it leads there, and not into another window
      });
    });
    // Who writes another place into the address, which is no way back.
    const { navigation } = /** @type {any} */ (window);
    navigation?.addEventListener("navigate", (/** @type {any} */ event) => {
      if (event.hashChange && event.navigationType !== "traverse") requestAnimationFrame(() => reach(FRAMES));
    });
    const [visit] = performance.getEntriesByType("navigation");
    if (location.hash && /** @type {PerformanceNavigationTiming} */ (visit)?.type === "navigate") {
      addEventListener("load", () => reach(FRAMES));
    }
  }

  /* A report names the section that is read. */

  for (const link of all("a[data-survey-report]")) {
    const whole = new URL(/** @type {HTMLAnchorElement} */ (link).href);
    const place = whole.searchParams.get("page") ?? "";
    const name = () => {
      const above = all(".bd-article section[id] > :is(h2, h3)").filter((one) => one.getBoundingClientRect().top < innerHeight / 3);
      const section = above.at(-1);
      const anchor = section?.closest("section")?.id;
      whole.searchParams.set("page", anchor ? `${place}#${anchor}` : place);
      /** @type {HTMLAnchorElement} */ (link).href = whole.href;
    };
    for (const event of ["pointerdown", "focus", "click"]) {
      link.addEventListener(event, name);
    }
  }

  /* What scrolls by itself can be scrolled by keyboard. */

  const scrollers = new ResizeObserver((changed) => {
    for (const { target } of changed) {
      if (target instanceof HTMLElement) {
        const scrolls = target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight;
        scrolls ? (target.tabIndex = 0) : target.removeAttribute("tabindex");
      }
    }
  });
  all(".bd-article :is(pre, .pst-scrollable-table-container, div.math)").forEach((box) => scrollers.observe(box));

  /* The search: '/' or Ctrl-K, or its links. */

  const root = new URL(page.dataset.content_root ?? "./", location.href);
  const served = location.protocol !== "file:";

  /** @returns {Promise<typeof import("./search.js")>} */
  const search = () => import(new URL("_static/search.js", root).href);

  const openSearch = async () => {
    const field = /** @type {HTMLInputElement | null} */ (document.querySelector("#survey-search input[type=search]"));
    if (field) {
      field.focus();
      field.select();
    } else if (served) {
      (await search()).open(root);
    } else {
      location.href = new URL("search.html", root).href;
    }
  };

  for (const link of all("a[data-survey-search]")) {
    link.addEventListener("click", (event) => {
      if (served && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        if (popovers) all("[popover]:popover-open").forEach((drawer) => drawer.hidePopover());
        void openSearch();
      }
    });
  }

  addEventListener("keydown", (event) => {
    const writing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    if (!event.key) return; // a browser fills in a form
    // Who speaks to the browser may press it unawares: the search says how to do without (WCAG 2.1.4).
    const single = event.key === "/" && page.dataset.slash !== "off";
    const slash = single && !writing && !event.ctrlKey && !event.metaKey && !event.altKey;
    const control = event.key.toLowerCase() === "k" && event.ctrlKey !== event.metaKey && !event.altKey && !event.shiftKey;
    if ((slash || control) && document.querySelector("a[data-survey-search]")) {
      event.preventDefault();
      void openSearch();
    }
  });

  const place = document.getElementById("survey-search");
  const instead = document.getElementById("survey-search-instead");
  if (place && instead) {
    if (served) {
      void search().then((module) => module.mount(place, root, instead));
    } else {
      instead.hidden = false;
    }
  }
}
