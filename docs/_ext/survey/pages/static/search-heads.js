/**
 * What the search finds for a head of a model: "GPT-2 small L9H6", "gpt2 9.6", "layer 9 head 6", "llama-3.1-8b KV 7.0".
 *
 * The heads of all models are in one file, which is loaded when a reader first names one.
 */

import "./notation.js";

/**
 * @typedef {object} Model - what is known of the heads of one model
 * @property {string} name
 * @property {string[]} names - its ids, names and aliases, here and elsewhere
 * @property {string} at - the address of a head without layer and head, from the site's root
 * @property {number | null} layers
 * @property {number | null} heads
 * @property {number | null} kv_heads - key-value heads a layer
 * @property {Record<string, string[]>} named - by layer and head, the head types: "9.6", or "KV 7.0" of a key-value head
 * @property {string[]} chosen - the heads that only detectors have chosen
 *
 * @typedef {{ title: string, url: string, kind: string, says: string }} Hit
 */

/** @type {(text: string) => string} */
const _ = /** @type {any} */ (window).surveyWords?._ ?? ((text) => text);
/** @type {SurveyNotation} */
const notation = /** @type {any} */ (window).surveyNotation;

const MOST = 30; // lines, without a model
const MOST_MODELS = 8; // lines, with a name that fits several
const MOST_UNNAMED = 3; // lines, if the head is named in none of them
/** Words that are no part of a model's name. */
const FILLERS = /(?<![\p{L}\p{N}])(?:attention|heads?|model|of|in|at|the|what|which|does|do|is|a|an|and)(?![\p{L}\p{N}])/giu;

/** What says that a key-value head is meant: "KV 7.0", "kv head 7.0", "key-value head 0 of layer 7". */
const KV = /(?<![\p{L}\p{N}])(?:kv|key[\s–-]*value)(?:[\s-]*heads?)?(?!\p{L})/giu;

/** @type {Promise<Model[]> | undefined} */
let models;

/** @param {URL} root @returns {Promise<Model[]>} */
function load(root) {
  models ??= fetch(new URL("search-heads.json", root))
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText))))
    .catch(() => {
      models = undefined; // it may work later
      return [];
    });
  return models;
}

/** @param {string} text @returns {string} letters and digits only */
function plain(text) {
  return text.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}

/**
 * Tell how well a model's names fit what a reader calls it: 0 for the same, 1 for a beginning, 2 for all words in one.
 *
 * @param {Model} model
 * @param {string} wanted
 * @returns {number} Infinity if they don't
 */
function fit(model, wanted) {
  const name = plain(wanted);
  const names = model.names.map(plain);
  if (names.includes(name)) {
    return 0;
  }
  if (names.some((one) => one.startsWith(name))) {
    return 1;
  }
  const parts = wanted.split(/[^\p{L}\p{N}.]+/u).filter(Boolean).map(plain);
  return names.some((one) => parts.every((part) => one.includes(part))) ? 2 : Infinity;
}

/** @param {Model} model @returns {number} */
function count(model) {
  return Object.keys(model.named).length;
}

/**
 * Return the models that a reader may mean, the likeliest first.
 *
 * @param {Model[]} every
 * @param {string} wanted
 * @returns {Model[]}
 */
function called(every, wanted) {
  const fits = every.map((model) => ({ model, fit: fit(model, wanted) }));
  const best = Math.min(...fits.map((one) => one.fit));
  const found = fits.filter((one) => one.fit === best && best < Infinity).map((one) => one.model);
  return found.sort((one, other) => count(other) - count(one));
}

/**
 * @param {Model} model
 * @param {SurveyPosition} at
 * @param {boolean} kv
 * @param {URL} root
 * @returns {Hit}
 */
function hit(model, at, kv, root) {
  const label = labelled(at, kv);
  const heads = kv ? model.kv_heads : model.heads;
  const roles = model.named[label];
  let says = roles?.join(" · ") ?? _("named by nobody");
  if (!roles && model.chosen.includes(label)) {
    says = _("chosen by a detector, named by nobody");
  } else if ((model.layers !== null && at.layer >= model.layers) || (heads !== null && at.head >= heads)) {
    says = _("no such head: the model is smaller");
  }
  const place = `${kv ? "kv-" : ""}${at.layer}.${at.head}`;
  return { title: `${model.name} ${label}`, url: new URL(model.at + place, root).href, kind: _("Head of a model"), says };
}

/** @param {SurveyPosition} at @param {boolean} kv @returns {string} what a head is called in the file */
function labelled(at, kv) {
  return `${kv ? "KV " : ""}${at.layer}.${at.head}`;
}

/**
 * Return what is known of the head that some words name: in the model that they name, or in each in which it is named.
 *
 * @param {string} words
 * @param {URL} root - the address of the site
 * @returns {Promise<Hit[]>}
 */
export async function headsFor(words, root) {
  const asked = words.replace(KV, " head ");
  const kv = asked !== words;
  const found = notation.inWords(asked);
  const every = found.length > 0 ? await load(root) : [];
  if (every.some((model) => model.names.some((name) => plain(name).startsWith(plain(words))))) {
    return []; // the number is a version: "Llama 3.1"
  }
  for (const { at, rest } of found) {
    const wanted = rest.replace(FILLERS, " ").replace(/[^\p{L}\p{N}]+$/u, "").trim();
    const label = labelled(at, kv);
    /** @param {Model} model */
    const has = (model) => Boolean(model.named[label]) || model.chosen.includes(label);
    if (plain(wanted)) {
      const meant = called(every, wanted);
      const having = meant.filter(has);
      const shown = having.length > 0 ? having.slice(0, MOST_MODELS) : meant.slice(0, MOST_UNNAMED);
      if (shown.length > 0) {
        return shown.map((model) => hit(model, at, kv, root));
      }
    } else {
      // Of key-value heads hardly any are named: those that detectors have chosen are all that there is to find.
      const having = every.filter((model) => (kv ? has(model) : model.named[label]));
      having.sort((one, other) => count(other) - count(one));
      return having.slice(0, MOST).map((model) => hit(model, at, kv, root));
    }
  }
  return [];
}
