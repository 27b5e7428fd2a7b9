/**
 * The bibliography's field: works that have all of the words typed stay, whatever the case and the accents of letters.
 *
 * A classic script, not a module: browsers run no modules from a folder (file://).
 */
"use strict";

{
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector(".survey-work-filter input"));
  const status = document.querySelector(".survey-work-filter [role=status]");
  const works = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("div.citation")]);

  /** @param {string} text */
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  /** @type {string[]} the words of each work, found when they are first asked for */
  let texts = [];

  const narrow = () => {
    texts = texts.length ? texts : works.map((work) => plain(work.textContent ?? ""));
    const words = plain(field?.value ?? "").split(/\s+/).filter(Boolean);
    let left = 0;
    works.forEach((work, at) => {
      work.hidden = !words.every((word) => texts[at].includes(word));
      left += work.hidden ? 0 : 1;
    });
    if (status instanceof HTMLElement) {
      const { one, many } = status.dataset;
      status.textContent = ((left === 1 ? one : many) ?? "").replace(/\d+/, String(left));
    }
  };

  field?.addEventListener("input", narrow);
  addEventListener("pageshow", () => field?.value && narrow()); // who comes back finds the words in the field again
}
