/**
 * Cards: a citation, a link to a paper or a link to a head type shows what it leads to, on hover and on keyboard focus.
 * Without this the link is a link; on touch it stays one.
 *
 * The texts are one file for the whole site, loaded when the first card is asked for. A card stays while the pointer is
 * on it, closes with Escape, and is described to screen readers by the link (WCAG 1.4.13).
 *
 * A classic script, not a module: browsers run no modules from a folder (file://).
 */
"use strict";

{
  /** @typedef {{ title: string, by?: string, at?: string, says?: string, heads?: string[] }} Card */
  /** @typedef {{ papers: Record<string, Card>, heads: Record<string, Card> }} Cards */

  const LINKS = 'article a:is(.survey-paper-link, .survey-head-link, [href*="#cite-"])';
  const DELAY = 100; // milliseconds until a card shows: a pointer that passes by shows none
  const GRACE = 250; // milliseconds to get from the link to its card
  const GAP = 6; // pixels between link and card, and around the card
  const root = new URL("../", /** @type {HTMLScriptElement} */ (document.currentScript).src);

  /** @type {Promise<Cards> | undefined} */
  let loading;
  const load = () =>
    (loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL("data/cards.js", root).href;
      script.onload = () => resolve(/** @type {any} */ (window).surveyData.cards);
      script.onerror = () => reject(new Error(`cannot load ${script.src}`));
      document.head.append(script);
    }));

  /** @param {HTMLAnchorElement} link @param {Cards} cards @returns {Card | undefined} */
  const cardOf = (link, cards) => {
    const { href, hash } = new URL(link.href);
    if (hash.startsWith("#cite-")) return cards.papers[hash.slice("#cite-".length)];
    const [, folder, name] = /^(papers|heads)\/([^/?#]+?)(?:\.html|\/)?(?:[?#]|$)/.exec(href.slice(root.href.length)) ?? [];
    if (!folder) return undefined;
    return folder === "papers" ? cards.papers[decodeURIComponent(name)] : cards.heads[decodeURIComponent(name)];
  };

  const card = document.createElement("div");
  card.id = "survey-card";
  card.className = "survey-card";
  card.setAttribute("role", "tooltip");
  card.hidden = true;

  /** @param {string} text @param {string} [name] */
  const line = (text, name) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = text;
    if (name) paragraph.className = name;
    return paragraph;
  };

  /** @type {HTMLAnchorElement | null} */
  let owner = null; // whose card is shown or about to be
  /** @type {{ link: HTMLAnchorElement, text: string } | null} */
  let title = null; // the browser's own tooltip, put aside
  let timer = 0;

  /** @param {HTMLAnchorElement} link @param {Card} content @param {{ x: number, y: number } | null} pointer */
  const place = (link, content, pointer) => {
    const lines = [line(content.title, "survey-card-title")];
    for (const text of [content.by, content.at]) if (text) lines.push(line(text, "survey-card-by"));
    if (content.says) lines.push(line(content.says));
    if (content.heads?.length) lines.push(line(content.heads.join(" · "), "survey-card-heads"));
    card.replaceChildren(...lines);
    card.style.maxHeight = "";
    card.hidden = false;
    // A link that runs over two lines has two boxes: the card belongs to the one under the pointer.
    const boxes = [...link.getClientRects()];
    const box = boxes.find((one) => pointer && pointer.y >= one.top && pointer.y <= one.bottom) ?? boxes[0];
    if (!box) return close();
    const { clientWidth: width, clientHeight: height } = document.documentElement;
    const below = height - box.bottom - 2 * GAP;
    const above = box.top - 2 * GAP;
    const up = card.offsetHeight > below && above > below;
    card.style.maxHeight = `${Math.max(up ? above : below, 80)}px`;
    const left = Math.max(GAP, Math.min(box.left, width - card.offsetWidth - GAP));
    const top = up ? box.top - GAP - card.offsetHeight : box.bottom + GAP;
    // It stands in the page's main part, where screen readers look for it, and goes with the text when that scrolls.
    const origin = card.offsetParent === document.body ? null : card.offsetParent?.getBoundingClientRect();
    card.style.left = `${left - (origin?.left ?? -scrollX)}px`;
    card.style.top = `${Math.max(GAP, Math.min(top, height - card.offsetHeight - GAP)) - (origin?.top ?? -scrollY)}px`;
    link.setAttribute("aria-describedby", card.id);
  };

  const close = () => {
    clearTimeout(timer);
    card.hidden = true;
    owner?.removeAttribute("aria-describedby");
    if (title) title.link.title = title.text;
    owner = title = null;
  };

  /** @param {HTMLAnchorElement} link @param {number} delay @param {{ x: number, y: number } | null} pointer */
  const open = (link, delay, pointer) => {
    if (owner === link) return clearTimeout(timer);
    close();
    owner = link;
    if (link.title) {
      title = { link, text: link.title };
      link.removeAttribute("title");
    }
    const cards = load();
    timer = window.setTimeout(async () => {
      try {
        const content = cardOf(link, await cards);
        if (owner !== link) return;
        if (content && new URL(link.href).pathname + link.hash !== location.pathname) place(link, content, pointer);
        else close();
      } catch {
        loading = undefined; // it may work later
        if (owner === link) close();
      }
    }, delay);
  };

  const leave = () => {
    clearTimeout(timer);
    timer = window.setTimeout(close, card.hidden ? 0 : GRACE);
  };

  /** @param {EventTarget | null} target */
  const linkOf = (target) => {
    const link = target instanceof Element ? target.closest(LINKS) : null;
    return link instanceof HTMLAnchorElement ? link : null;
  };
  /** @param {EventTarget | null} target */
  const inside = (target) => target instanceof Node && (card.contains(target) || !!owner?.contains(target));

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = linkOf(event.target);
    if (link) open(link, DELAY, { x: event.clientX, y: event.clientY });
    else if (inside(event.target)) clearTimeout(timer);
    else if (owner && document.activeElement !== owner) leave();
  });
  document.addEventListener("pointerout", (event) => {
    if (event.relatedTarget === null && owner && document.activeElement !== owner) leave(); // out of the window
  });
  document.addEventListener("focusin", (event) => {
    const link = linkOf(event.target);
    if (link?.matches(":focus-visible")) open(link, 0, null);
  });
  document.addEventListener("focusout", (event) => {
    if (linkOf(event.target) === owner) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && owner) close();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!card.contains(/** @type {Node} */ (event.target))) close();
  });
  (document.querySelector("main") ?? document.body).append(card);
}
