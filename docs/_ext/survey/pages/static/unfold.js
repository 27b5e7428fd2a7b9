/**
 * Summaries in lists of papers: put where a reader unfolds them. Without this, what unfolds is a link to the paper.
 *
 * They are one file for the whole site, loaded when the first is asked for. A list of hundreds of papers would weigh twice
 * as much with them.
 *
 * A classic script, not a module: browsers run no modules from a folder (file://).
 */
"use strict";

{
  /** @typedef {Record<string, string>} Summaries HTML by paper, with links as a page at the root has them */

  const root = new URL("../", /** @type {HTMLScriptElement} */ (document.currentScript).src);

  /** @type {Promise<Summaries> | undefined} */
  let loading;
  /** @returns {Promise<Summaries>} */
  const load = () =>
    (loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL("data/summaries.js", root).href;
      script.onload = () => resolve(/** @type {any} */ (window).surveyData.summaries);
      script.onerror = () => {
        loading = undefined; // it may work later
        reject(new Error(`cannot load ${script.src}`));
      };
      document.head.append(script);
    }));

  /** A summary as nodes for this page. @param {string} html */
  const summaryOf = (html) => {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (holder.content.querySelectorAll("a[href]"))) {
      link.href = new URL(link.getAttribute("href") ?? "", root).href;
    }
    return holder.content;
  };

  /** @param {HTMLDetailsElement} folded */
  const fill = async (folded) => {
    const key = /** @type {HTMLElement | null} */ (folded.closest("[data-paper]"))?.dataset.paper ?? "";
    const html = (await load())[key];
    if (!html || !folded.classList.contains("survey-later")) return;
    folded.classList.remove("survey-later");
    folded.querySelector("p")?.replaceWith(summaryOf(html));
  };

  // Not one listener for each: the explorer takes papers out and puts others in.
  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (target instanceof HTMLDetailsElement && target.open && target.matches(".survey-later")) {
        fill(target).catch(() => {}); // the link stays
      }
    },
    true,
  );

  /** @type {any} */ (window).surveySummaries = { load, summaryOf };
}
