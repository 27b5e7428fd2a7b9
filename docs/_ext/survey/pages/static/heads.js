/**
 * The page about a model's heads: an address in any notation (#9.6, #L9H6, #a9.h6) leads to the card of the head, or says
 * that nobody has named it, and the head is marked in the grid.
 *
 * A classic script like the other ones; notation.js comes before it.
 */
"use strict";

{
  /** @type {(text: string) => string} */
  const _ = /** @type {any} */ (window).surveyWords?._ ?? ((text) => text);
  /** @type {SurveyNotation} */
  const notation = /** @type {any} */ (window).surveyNotation;
  const status = document.querySelector(".survey-head-status[data-prefix='']");

  /**
   * Say what is known of a head that has no card.
   *
   * @param {HTMLElement} place - where it is said, with the size of the model
   * @param {SurveyPosition} at
   * @param {boolean} chosen - whether a detector has chosen it
   * @returns {string}
   */
  const said = (place, at, chosen) => {
    const { model = "", layers, heads } = place.dataset;
    const outside = (layers && at.layer >= Number(layers)) || (heads && at.head >= Number(heads));
    let text = _("Nobody has named head {head} of {model}, as far as this survey knows.");
    if (outside) {
      text = _("{model} has no head {head}: it has {layers} layers of {heads} heads, counted from 0.");
    } else if (chosen) {
      text = _("Nobody has named head {head} of {model}; a detector has chosen it.");
    }
    const values = { head: `${at.layer}.${at.head}`, model, layers: layers ?? "?", heads: heads ?? "?" };
    return text.replace(/\{(\w+)\}/g, (whole, name) => values[/** @type {keyof typeof values} */ (name)] ?? whole);
  };

  const show = () => {
    if (!(status instanceof HTMLElement)) {
      return;
    }
    const at = notation.inAddress(location.hash);
    document.querySelectorAll(".survey-cell[aria-current]").forEach((cell) => cell.removeAttribute("aria-current"));
    status.textContent = "";
    if (!at) {
      return;
    }
    const id = `${at.layer}.${at.head}`;
    document.querySelectorAll(`.survey-cell[href="#${id}"]`).forEach((cell) => cell.setAttribute("aria-current", "true"));
    const place = document.getElementById(id);
    if (place && location.hash !== `#${id}`) {
      location.replace(`#${id}`); // the browser scrolls there, and comes back here
      return;
    }
    const isCard = place?.classList.contains("survey-head-card") ?? false;
    status.textContent = isCard ? "" : said(status, at, place !== null);
    const folded = isCard ? place?.querySelector("details") : place?.closest("details");
    if (folded) {
      folded.open = true;
    }
    (place ?? status).scrollIntoView({ block: isCard ? "start" : "center" });
  };

  addEventListener("hashchange", show);
  show();
}
