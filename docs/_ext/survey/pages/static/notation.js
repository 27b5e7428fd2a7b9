/**
 * How people write which head of a model they mean: 9.6, L9H6, l9.h6, a9.h6, 9:6, layer-9-head-6, (9, 6), "head 6 of layer 9".
 *
 * A classic script, so that pages from a folder (file://) can use it; the search imports it for what it puts on window.
 *
 * @typedef {{ layer: number, head: number }} SurveyPosition - both counted from 0
 * @typedef {{ at: SurveyPosition, rest: string }} SurveyNamed - a position in some words, and the words without it
 * @typedef {{ inAddress: (hash: string) => SurveyPosition | undefined, inWords: (words: string) => SurveyNamed[] }} SurveyNotation
 */
"use strict";

{
  const NUMBER = "(0|[1-9][0-9]{0,2})";
  const GAP = "[\\s._:,-]*";
  /** What each form looks like; in the last one the head stands first. */
  const PLAIN = `${NUMBER}[.:]${NUMBER}`;
  const PAIR = `\\(?${NUMBER}\\s*,\\s*${NUMBER}\\)?`;
  const LAYER_FIRST = `(?:layer|l|a)${GAP}${NUMBER}${GAP}(?:head|h)${GAP}${NUMBER}`;
  const HEAD_FIRST = `(?:head|h)${GAP}${NUMBER}${GAP}(?:of|in|at)?\\s*(?:layer|l)${GAP}${NUMBER}`;
  const FORMS = [LAYER_FIRST, HEAD_FIRST, PLAIN, PAIR];
  /** No part of a longer word or number, as a model's version is: Qwen2.5, llama-3.1-8b, 2404.15574. */
  const ALONE = (/** @type {string} */ form) => `(?<![\\w.:/-])${form}(?![\\w:/-]|\\.\\w)`;

  /** @param {string} form @param {RegExpMatchArray} match @returns {SurveyPosition} */
  const position = (form, match) => {
    const [first, second] = [Number(match[1]), Number(match[2])];
    return form === HEAD_FIRST ? { layer: second, head: first } : { layer: first, head: second };
  };

  /** @type {SurveyNotation} */
  const notation = {
    /** Return the head that the end of an address names, if it names one. */
    inAddress(hash) {
      let words = hash.replace(/^#/, "");
      try {
        words = decodeURIComponent(words);
      } catch {
        // A sign of percent that stands for itself.
      }
      for (const form of FORMS) {
        const match = words.match(new RegExp(`^${form}$`, "iu"));
        if (match) {
          return position(form, match);
        }
      }
      return undefined;
    },

    /** Return all that some words may name, the last first: "Llama 3.1 8B 16.19" has two, and the first is a version. */
    inWords(words) {
      /** @type {(SurveyNamed & { index: number })[]} */
      const found = [];
      for (const form of FORMS) {
        for (const match of words.matchAll(new RegExp(ALONE(form), "giu"))) {
          const rest = `${words.slice(0, match.index)} ${words.slice(match.index + match[0].length)}`;
          found.push({ at: position(form, match), rest: rest.replace(/\s+/gu, " ").trim(), index: match.index });
        }
      }
      return found.sort((one, other) => other.index - one.index);
    },
  };

  Object.assign(window, { surveyNotation: notation });
}
