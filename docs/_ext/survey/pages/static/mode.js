/*
 * The colour mode, whether the sidebar is hidden, and letters of formulas, before anything is drawn. A browser may refuse
 * the storage.
 */
{
  const page = document.documentElement.dataset;
  let mode = "";
  try {
    mode = localStorage.getItem("mode") ?? "";
    page.sidebar = sessionStorage.getItem("sidebar") ?? "";
  } catch {}
  page.scripts = "";
  page.mode = /^(auto|light|dark)$/.test(mode) ? mode : document.currentScript?.dataset.mode;
  page.theme = page.mode !== "auto" ? page.mode : matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";

  // Asked for with the style sheets, not after them; from a folder (file://) a browser loads nothing ahead.
  const { formulas } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
  if (formulas && location.protocol !== "file:") {
    const link = document.createElement("link");
    Object.assign(link, { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href: formulas });
    document.head.append(link);
  }
}
