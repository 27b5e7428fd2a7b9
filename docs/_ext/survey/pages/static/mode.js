/*
 * The color mode, whether the sidebar is hidden and the key "/" opens the search, and the letters of most words and of
 * formulas, before anything is drawn. A browser may refuse the storage.
 */
{
  const page = document.documentElement.dataset;
  let mode = "";
  try {
    mode = localStorage.getItem("mode") ?? "";
    page.sidebar = sessionStorage.getItem("sidebar") ?? "";
    page.slash = localStorage.getItem("slash") ?? "";
  } catch {}
  page.scripts = "";
  page.mode = /^(auto|light|dark)$/.test(mode) ? mode : document.currentScript?.dataset.mode;
  page.theme = page.mode !== "auto" ? page.mode : matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";

  // Asked for with the style sheet, not after it; from a folder (file://) a browser loads nothing ahead.
  const { dataset, src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  const fonts = location.protocol === "file:" ? [] : (dataset.fonts ?? "").split(" ").filter(Boolean);
  for (const name of fonts) {
    const link = document.createElement("link");
    const href = new URL(`fonts/${name}.woff2`, src).href;
    Object.assign(link, { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href });
    document.head.append(link);
  }
}
