/**
 * Cite boxes: tabs for the forms of a citation, and buttons that copy what they show; examples of code have such a button
 * too. Without this all forms stand below each other, and the links to the files work.
 *
 * A classic script, not a module: browsers run no modules from a folder (file://).
 */
"use strict";

{
  /** @type {(text: string) => string} says something in the page's language, if it is not English (survey.js) */
  const _ = /** @type {any} */ (window).surveyWords?._ ?? ((text) => text);

  /** @param {HTMLElement[]} tabs @param {HTMLElement} chosen */
  const select = (tabs, chosen) => {
    for (const tab of tabs) {
      const on = tab === chosen;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      const panel = document.getElementById(tab.getAttribute("aria-controls") ?? "");
      if (panel) panel.hidden = !on;
    }
  };

  /** @param {string} text */
  const copy = async (text) => {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const before = document.activeElement;
    const field = document.createElement("textarea"); // the older way, for sites without https
    field.value = text;
    field.style.position = "fixed";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (before instanceof HTMLElement) before.focus();
    if (!done) throw new Error("the browser does not copy");
  };

  /**
   * Let a button copy what an element shows, and say beside it what became of it.
   * @param {Element | null} button @param {Element | null} note @param {Element | null} shown
   */
  const copies = (button, note, shown) =>
    button?.addEventListener("click", async () => {
      if (!note) return;
      try {
        await copy(shown?.textContent ?? "");
        note.textContent = _("Copied");
      } catch {
        note.textContent = _("Your browser did not copy; select the text instead");
      }
      setTimeout(() => (note.textContent = ""), 4000);
    });

  for (const box of document.querySelectorAll(".survey-cite")) {
    const tabs = Array.from(box.querySelectorAll("[role=tab]"), (tab) => /** @type {HTMLElement} */ (tab));
    tabs.forEach((tab, at) => {
      tab.addEventListener("click", () => select(tabs, tab));
      tab.addEventListener("keydown", ({ key }) => {
        const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[key];
        if (to === undefined) return;
        const next = tabs[(to + tabs.length) % tabs.length];
        select(tabs, next);
        next.focus();
      });
    });
    for (const panel of box.querySelectorAll(".survey-cite-panel")) {
      copies(panel.querySelector(".survey-copy"), panel.querySelector(".survey-copied"), panel.querySelector("pre, .survey-reference"));
    }
  }

  for (const code of document.querySelectorAll(".bd-article div.highlight:not(.survey-cite *)")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "survey-button survey-copy";
    button.textContent = _("Copy");
    const note = document.createElement("span");
    note.className = "survey-copied";
    note.setAttribute("role", "status");
    const actions = document.createElement("div");
    actions.className = "survey-code-actions";
    actions.append(note, button);
    code.append(actions);
    copies(button, note, code.querySelector("pre"));
  }
}
