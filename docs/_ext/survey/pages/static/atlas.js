/**
 * The atlas: marks the head that was chosen, and shows two head types at once, each in a color of its own. The address
 * says which: #gpt2-small-9.6, #two-induction+previous-token. The filter by one type works without it.
 */
"use strict";

{
  /** @type {(text: string) => string} */
  const _ = /** @type {any} */ (window).surveyWords?._ ?? ((text) => text);
  const ONLY = "only-";
  const TWO = /^#two-([a-z0-9.-]+)\+([a-z0-9.-]+)$/;

  /** @type {Map<string, string>} the names of the head types that can be shown */
  const names = new Map();
  for (const link of document.querySelectorAll(".survey-filter li a")) {
    const name = link.firstChild?.textContent?.trim() ?? "";
    names.set((link.getAttribute("href") ?? "").slice(1 + ONLY.length), name);
  }
  const filter = document.querySelector(".survey-filter");
  const models = [...document.querySelectorAll(".survey-atlas-model")].filter((at) => at instanceof HTMLElement);

  const label = document.createElement("label");
  const select = document.createElement("select");
  select.append(new Option(_("none"), ""), ...[...names].map(([id, name]) => new Option(name, id)));
  label.append(" ", _("Beside it, in a second color:"), " ", select);

  const two = document.createElement("p");
  two.className = "survey-two";
  two.setAttribute("role", "status");
  filter?.after(two);

  /** @param {string} name @param {string} classes @returns {HTMLElement[]} a type in its color, as the line below names it */
  const shown = (name, classes) => {
    const mark = document.createElement("span");
    mark.className = `survey-two-mark ${classes}`;
    const text = document.createElement("strong");
    text.textContent = ` ${name}`;
    return [mark, text];
  };

  /** @param {string} first @param {string} second */
  const showTwo = (first, second) => {
    let both = 0;
    for (const [id, look] of /** @type {const} */ ([[first, "survey-first"], [second, "survey-second"]])) {
      document.querySelectorAll(`.survey-cell.${CSS.escape(`survey-role-${id}`)}`).forEach((at) => at.classList.add(look));
    }
    for (const model of models) {
      const has = [first, second].some((id) => model.classList.contains(`survey-has-${id}`));
      model.hidden = !has;
      const heads = model.querySelectorAll(".survey-cell.survey-first.survey-second");
      both += new Set([...heads].map((at) => at.getAttribute("href"))).size;
    }
    document.body.classList.add("survey-two-shown");
    const back = document.createElement("a");
    back.href = "#all-heads";
    back.textContent = _("show all head types");
    const count = _("{count} heads have both").replace("{count}", String(both));
    const parts = [...shown(names.get(first) ?? "", "survey-first"), " · ", ...shown(names.get(second) ?? "", "survey-second")];
    two.replaceChildren(...parts, ` · ${count} · `, back);
    two.scrollIntoView({ block: "center" });
  };

  const clear = () => {
    document.body.classList.remove("survey-two-shown");
    two.replaceChildren();
    models.forEach((model) => (model.hidden = false));
    document.querySelectorAll(".survey-cell").forEach((at) => {
      at.classList.remove("survey-first", "survey-second");
      at.removeAttribute("aria-current");
    });
  };

  const show = () => {
    clear();
    const wanted = location.hash.match(TWO);
    if (wanted && names.has(wanted[1]) && names.has(wanted[2])) {
      showTwo(wanted[1], wanted[2]);
      return;
    }
    const place = document.getElementById(location.hash.slice(1)); // ids here have no signs to decode
    if (place?.classList.contains("survey-filter-state")) {
      select.value = "";
      place.append(label);
    }
    if (place?.closest(".survey-cards")) {
      const address = CSS.escape(`#${place.id}`);
      document.querySelectorAll(`.survey-cell[href="${address}"]`).forEach((at) => at.setAttribute("aria-current", "true"));
    }
  };

  select.addEventListener("change", () => {
    const first = location.hash.slice(1 + ONLY.length);
    if (select.value && select.value !== first) {
      location.hash = `two-${first}+${select.value}`;
    }
  });
  addEventListener("hashchange", show);
  show();
}
