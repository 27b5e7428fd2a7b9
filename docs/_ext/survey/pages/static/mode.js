/* The colour mode, before anything is drawn: a page must not change its looks. A browser may refuse the storage. */
"use strict";

{
  const page = document.documentElement.dataset;
  const usual = document.currentScript?.dataset.mode ?? "auto"; // the survey's own choice
  /** @type {string | null} */
  let mode = null;
  try {
    mode = localStorage.getItem("mode");
  } catch {}
  page.scripts = "";
  page.mode = mode === "light" || mode === "dark" ? mode : usual;
  page.theme = page.mode !== "auto" ? page.mode : matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
