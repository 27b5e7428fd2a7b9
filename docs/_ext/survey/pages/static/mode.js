/* The colour mode, and whether the sidebar is hidden, before anything is drawn. A browser may refuse the storage. */
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
}
