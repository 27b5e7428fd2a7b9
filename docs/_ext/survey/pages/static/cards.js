/**
 * Cards: a citation, a link to a paper or to an entry (a head type, stage, method or model), or a mark of a figure shows
 * what it leads to, on hover and on keyboard focus. Without this the link is a link; on touch it stays one. The heads that
 * a card names are links, for the pointer.
 *
 * The texts are one file for the whole site, loaded when the first card is asked for. A card stays while the pointer is
 * on it, closes with Escape, and is described to screen readers by the link (WCAG 1.4.13).
 *
 * A classic script, not a module: browsers run no modules from a folder (file://).
 */
"use strict";

{
  /** @typedef {{ title: string, by?: string, at?: string, says?: string, heads?: string[] }} Card */
  /** @typedef {Record<string, Record<string, Card>>} Cards of papers, and of entries by the folder of their pages */
  /** @typedef {HTMLAnchorElement | SVGAElement} Link */

  const LINKS = 'article a:is(.survey-paper-link, .survey-link, [href*="#cite-"], .survey-figure svg a)';
  const DELAY = 100; // milliseconds until a card shows: a pointer that passes by shows none
  const GRACE = 250; // milliseconds to get from the link to its card
  const GAP = 6; // pixels between link and card, and around the card
  // In the one script of all pages (light_theme.py) this runs later than that: it is the one that says the mode.
  const script = document.currentScript ?? document.querySelector("script[data-mode]");
  const root = new URL("../", /** @type {HTMLScriptElement} */ (script).src);

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

  /** @param {Link} link */
  const addressOf = (link) => new URL(typeof link.href === "string" ? link.href : link.href.baseVal, location.href);

  /** @param {Link} link @param {Cards} cards @returns {Card | undefined} */
  const cardOf = (link, cards) => {
    const { href, hash } = addressOf(link);
    if (hash.startsWith("#cite-")) return cards.papers[hash.slice("#cite-".length)];
    const [, folder, name] = /^([\w-]+)\/([^/?#]+?)(?:\.html|\/)?(?:[?#]|$)/.exec(href.slice(root.href.length)) ?? [];
    const entry = name && decodeURIComponent(name);
    return entry ? cards[folder]?.[entry] : undefined;
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

  /** The heads of a paper: each is a link to its page. @param {string[]} heads @param {Cards} cards */
  const headsOf = (heads, cards) => {
    const paragraph = line("", "survey-card-heads");
    for (const head of heads) {
      const link = document.createElement("a");
      link.href = new URL(`heads/${encodeURIComponent(head)}${ending}`, root).href;
      link.textContent = cards.heads[head]?.title ?? head;
      link.tabIndex = -1; // a card closes when the focus leaves its link: the keyboard finds them on the page itself
      paragraph.append(...(paragraph.childNodes.length ? [" · "] : []), link);
    }
    return paragraph;
  };

  /** @type {Link | null} */
  let owner = null; // whose card is shown or about to be
  let ending = ".html"; // of addresses of pages: as the link's own
  /** @type {(() => void) | null} */
  let giveBack = null; // the browser's own tooltip, put aside

  /** Put the browser's own tooltip aside: an attribute, or in a figure the first element. @param {Link} link */
  const putAside = (link) => {
    const name = link instanceof SVGAElement ? link.querySelector(":scope > title") : null;
    const text = link.getAttribute("title");
    if (name?.textContent) {
      link.setAttribute("aria-label", name.textContent);
      name.remove();
      giveBack = () => (link.prepend(name), link.removeAttribute("aria-label"));
    } else if (text) {
      link.removeAttribute("title");
      giveBack = () => link.setAttribute("title", text);
    }
  };
  let timer = 0;

  /** @param {Link} link @param {Card} content @param {Cards} cards @param {{ x: number, y: number } | null} pointer */
  const place = (link, content, cards, pointer) => {
    const lines = [line(content.title, "survey-card-title")];
    for (const text of [content.by, content.at]) if (text) lines.push(line(text, "survey-card-by"));
    if (content.says) lines.push(line(content.says));
    if (content.heads?.length) lines.push(headsOf(content.heads, cards));
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
    putAside(link);
  };

  const close = () => {
    clearTimeout(timer);
    card.hidden = true;
    owner?.removeAttribute("aria-describedby");
    giveBack?.();
    owner = giveBack = null;
  };

  /** @param {Link} link @param {number} delay @param {{ x: number, y: number } | null} pointer */
  const open = (link, delay, pointer) => {
    if (owner === link) return clearTimeout(timer);
    close();
    owner = link;
    const loaded = load();
    timer = window.setTimeout(async () => {
      try {
        const cards = await loaded;
        const content = cardOf(link, cards);
        if (owner !== link) return;
        const { pathname, hash } = addressOf(link);
        ending = /\/$/.test(pathname) ? "/" : /\.html$/.test(pathname) ? ".html" : "";
        if (content && pathname + hash !== location.pathname) place(link, content, cards, pointer);
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
    return link instanceof HTMLAnchorElement || link instanceof SVGAElement ? link : null;
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
