/**
 * What a reader means by a few words, when it is one thing: a paper by number, authors or year, a head by what it does.
 *
 * Pagefind finds words in texts; here the names and short descriptions of all that has a page are ranked. Words count by
 * how rare they are and by where they stand (a name, a line on what a head does, a definition); the one being typed
 * counts by its beginning, and one that nobody uses by what differs from it in a letter: one too many, one missing, one
 * wrong, or two changed about. A library for this would be five times as long as these pages of code, count two letters
 * changed about as two mistakes, and keep to itself what it took a word for, which Pagefind must be asked as well.
 */

/**
 * @typedef {object} Named - what is known of something with a page; see pages/site/search_records.py
 * @property {string} title
 * @property {string} url
 * @property {string} kind
 * @property {string[]} [stages]
 * @property {string} [year]
 * @property {string[]} [years] - others by which it is known
 * @property {string[]} [names]
 * @property {string[]} [ids]
 * @property {string[]} [people]
 * @property {string} [does]
 * @property {string} [about]
 * @property {string} [words]
 * @property {number} [papers]
 *
 * @typedef {{ name: number, said: number }} Weight - how much a word counts in what a thing is called, and in what is said of it
 * @typedef {Map<number, Weight>} Places - by the number of a record
 * @typedef {{ places: Places, read: string }} Meaning - of a word: where it stands, and what it was read as
 */

/** Words that ask, or stand in every description here. */
const IDLE = new Set(
  ("a an the of in on at to for from by with and or is are was do does did that which who whom what where when how why it its " +
    "this these those there their they them as be can et al any all some one about into say says matter important me show find list paper papers").split(" "),
);
/** What all heads are; it counts only where nothing else is asked. */
const HEADS = new Set(["head", "heads", "attention", "type", "types"]);
const ENDINGS =
  /(?:ition|ation|ator|ating|ate|ated|ative|ion|ing|or|er|ed|ic|ical|al|ally|ful|ly|ive|ively|ity|ment|ness|able|an(?:ce|cy|t)|en(?:ce|cy|t)|e)$/;
/** What heads of every kind do: without such a word a description still fits. */
const USUAL = new Set(
  roots("look attend read focus write make give put take use help detect find know get keep act work respond handle go come output model choose select pick tell text prompt word follow recognize notice identify spot encode store represent hold contain carry solve perform compute"),
);
/** A question for what does something, not for what is called something. */
const DESCRIBES =
  /\bheads?\s+(?:(?:that|which|who)(?:\s+(?<verb>\w+))?|to|for|with|where|whose|behind|\w+ing)\b|^(?:which|what)\s+(?:attention\s+)?heads?\b/i;
const MOST = 8; // of what is found
/** How much a word counts by where it stands. */
const NAME = { title: 6, name: 5, id: 4, first: 5, person: 3, year: 3 };
const SAID = { does: 3.2, about: 2.2, words: 0.9 };
const LEAST_LIKE = 0.34; // of the weight of all words, what must be found in what is meant
const [MOSTLY, ALL] = [0.4, 0.999]; // and what makes sure that it is meant: of a description, or of a name
const WHOLE = 1.8; // what it counts that all of a name is in the question
const PHRASE = 3; // and that the question stands in a title

/** @param {string} words @returns {string[]} */
function roots(words) {
  return words.split(" ").map(root);
}

/** @param {string} text @returns {string} letters and digits only, so that hyphens and accents don't matter */
export function plain(text) {
  const bare = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return bare.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** @param {string} text @returns {string} the same without "head" at its end */
export function called(text) {
  return plain(text).replace(/ (attention )?heads?$/, "");
}

/** @param {string} word @returns {string} about what is common to its forms: refus for refuses, refusal, refusing */
export function root(word) {
  if (/\d/.test(word) || word.length < 4) {
    return word;
  }
  let stem = word.replace(/(?<=..)ie[sd]$/, "y").replace(/(?<=[^aius])s$/, "").replace(/ification$/, "ify").replace(/^(.)ying$/, "$1ie");
  for (let turn = 0; turn < 2; turn += 1) {
    const shorter = stem.replace(ENDINGS, "");
    if (shorter.length < 3) {
      break;
    }
    stem = shorter;
  }
  return stem.replace(/(?<=..)([b-df-hj-np-tv-z])\1$/, "$1").replace(/[yi]$/, "i");
}

/** @param {string} one @param {string} other @returns {boolean} whether one letter, or the order of two, is different */
export function near(one, other) {
  if (Math.abs(one.length - other.length) > 1 || one === other) {
    return false;
  }
  let start = 0;
  while (start < one.length && one[start] === other[start]) {
    start += 1;
  }
  const [rest, left] = [one.slice(start), other.slice(start)];
  return (
    rest.slice(1) === left.slice(1) ||
    rest.slice(1) === left ||
    rest === left.slice(1) ||
    (rest[0] === left[1] && rest[1] === left[0] && rest.slice(2) === left.slice(2))
  );
}

/** @param {string} text @returns {string[]} its words, without those that say nothing here */
export function telling(text) {
  const words = plain(text).split(" ").filter(Boolean);
  const found = words.filter((word) => !IDLE.has(word) && !HEADS.has(word));
  return found.length ? found : words;
}

/* Identifiers */

/** What stands around an identifier where it is copied from. */
const AROUND = /^(?:https?:\/\/)?(?:(?:www|dx)\.)?(?:(?:export\.)?arxiv\.org\/(?:abs|pdf|html)\/|doi\.org\/|huggingface\.co\/)|^(?:arxiv|doi)\s*:\s*/;

/** What can be nothing but a number of arXiv or a DOI. */
const IDENTIFIER = /^(?:\d{4}\.\d{4,5}|10\.\d{4,9}\/\S+)$/;

/** @param {string} text @returns {string} an identifier as it is compared */
function bareId(text) {
  const bare = text.trim().toLowerCase().replace(AROUND, "").replace(/[?#].*$/, "").replace(/\.pdf$/, "").replace(/[/.,;]+$/, "");
  const ofArxiv = /^10\.48550\/arxiv\.(.+)$/.exec(bare);
  return (ofArxiv ? ofArxiv[1] : bare).replace(/^(\d{4}\.\d{4,5}|[a-z-]+\/\d{7})v\d+$/, "$1");
}

/**
 * What a question may be as a whole, or one of its words: each reader gets the question and returns what is meant, best
 * first. The first that knows something decides.
 *
 * @type {((question: string, lookup: Lookup) => Named[])[]}
 */
export const READERS = [
  (question, lookup) => lookup.identified(question.replace(/^(arxiv|doi)[\s:]+/i, "")),
  (question, lookup) => {
    const parts = question.split(/\s+/).filter((part) => /\d/.test(part) && part.length > 5);
    return parts.flatMap((part) => lookup.identified(part));
  },
];

/** The records, and the words by which they are found. */
export class Lookup {
  /** @param {Named[]} records */
  constructor(records) {
    this.records = records;
    /** @type {Map<string, Places>} by the root of a word */
    this.places = new Map();
    /** @type {Map<string, string>} every word that is used, with its root */
    this.vocabulary = new Map();
    /** @type {Map<string, Named[]>} */
    this.ids = new Map();
    records.forEach((record, number) => this.#take(record, number));
  }

  /** @param {Named} record @param {number} number */
  #take(record, number) {
    for (const id of record.ids ?? []) {
      const bare = bareId(id);
      this.ids.set(bare, [...(this.ids.get(bare) ?? []), record]);
    }
    const [title, ...names] = record.names ?? [record.title];
    this.#put(title, number, "name", NAME.title);
    names.forEach((name) => this.#put(name, number, "name", NAME.name));
    (record.ids ?? []).forEach((id) => this.#put(id, number, "name", NAME.id));
    (record.people ?? []).forEach((name, at) => this.#put(name, number, "name", at ? NAME.person : NAME.first));
    [record.year ?? "", ...(record.years ?? [])].forEach((year) => this.#put(year, number, "name", NAME.year));
    this.#put(record.does ?? "", number, "said", SAID.does);
    this.#put(record.about ?? "", number, "said", SAID.about);
    this.#put(record.words ?? "", number, "said", SAID.words, false);
  }

  /**
   * Note the words of a text: those of a long one count for less.
   *
   * @param {string} text
   * @param {number} number
   * @param {keyof Weight} as
   * @param {number} weight
   * @param {boolean} [shared] - whether words share the weight
   */
  #put(text, number, as, weight, shared = true) {
    const words = plain(text).split(" ").filter(Boolean);
    const more = Math.max(0, telling(text).length - 1);
    const each = shared ? weight / (1 + (as === "name" ? 0.2 : 0.06) * more) : weight;
    for (const word of words) {
      const stem = this.vocabulary.get(word) ?? root(word);
      this.vocabulary.set(word, stem);
      const places = this.places.get(stem) ?? new Map();
      const so = places.get(number) ?? { name: 0, said: 0 };
      so[as] = Math.max(so[as], each);
      this.places.set(stem, places.set(number, so));
    }
  }

  /** @param {string} text @returns {Named[]} what has this identifier, or the only ones that begin so */
  identified(text) {
    const bare = bareId(text);
    const found = this.ids.get(bare);
    if (found || !/^(\d{4}\.\d{3,}|[a-z]+\d{4}[a-z0-9]*|10\.\d{4,}\/.{3,})$/.test(bare)) {
      return found ?? [];
    }
    const begun = [...this.ids].filter(([id]) => id.startsWith(bare)).flatMap(([, records]) => records);
    return begun.length <= MOST ? begun : [];
  }

  /**
   * @param {string} word
   * @param {boolean} unfinished - whether it is being typed
   * @returns {Meaning | undefined}
   */
  meaning(word, unfinished) {
    const stem = this.vocabulary.get(word) ?? root(word);
    const own = this.places.get(stem);
    const begun = unfinished && word.length > 2;
    if (own && !begun) {
      return { places: own, read: word };
    }
    /** @type {Places} */
    const places = new Map(own ?? []);
    if (begun) {
      this.#addBegun(places, word, own ? 0.4 : 0.8);
    }
    if (places.size) {
      return { places, read: word };
    }
    const like = word.length > 3 && !/\d/.test(word) ? [...this.vocabulary.keys()].filter((other) => near(word, other)) : [];
    like.forEach((other) => this.#add(places, this.vocabulary.get(other) ?? other, 0.7));
    const most = like.sort((one, other) => this.#spread(other) - this.#spread(one))[0];
    if (!most && word.length > 3) {
      this.#addBegun(places, word, 0.8);
    }
    return places.size ? { places, read: most ?? word } : undefined;
  }

  /** Add the words that begin so. @param {Places} places @param {string} word @param {number} share */
  #addBegun(places, word, share) {
    for (const [other, stem] of this.vocabulary) {
      if (other.startsWith(word)) {
        this.#add(places, stem, share * (word.length / other.length) ** 0.5);
      }
    }
  }

  /** @param {Places} places @param {string} stem @param {number} share */
  #add(places, stem, share) {
    for (const [number, { name, said }] of this.places.get(stem) ?? []) {
      const so = places.get(number) ?? { name: 0, said: 0 };
      places.set(number, { name: Math.max(so.name, name * share), said: Math.max(so.said, said * share) });
    }
  }

  /** @param {string} word @returns {number} in how many records it stands */
  #spread(word) {
    return this.places.get(this.vocabulary.get(word) ?? "")?.size ?? 0;
  }

  /**
   * Return what a question means, the best first, and the question without errors of typing.
   *
   * `sure` says that enough of its words are accounted for.
   *
   * @param {string} question
   * @param {(record: Named) => boolean} [fits]
   * @returns {{ found: Named[], read: string, sure: boolean }}
   */
  find(question, fits = () => true) {
    const known = READERS.reduce(
      (found, reader) => (found.length ? found : reader(question, this).filter(fits)),
      /** @type {Named[]} */ ([]),
    );
    if (known.length) {
      return { found: [...new Set(known)].slice(0, MOST), read: question, sure: true };
    }
    const all = plain(question).split(" ").filter(Boolean);
    if (IDENTIFIER.test(bareId(question))) {
      return { found: [], read: `"${question.trim()}"`, sure: false }; // of something that isn't here
    }
    const asked = telling(question);
    const ends = /\S$/.test(question);
    const meanings = asked.map((word, at) => this.meaning(word, ends && at === asked.length - 1 && all.at(-1) === word));
    const named = this.#called(called(question)).filter(fits);
    const describes = DESCRIBES.exec(question);
    const ranked = this.#ranked(asked, meanings, describes).filter(({ record }) => fits(record));
    const best = ranked[0]?.score ?? 0;
    const good = ranked.filter(({ score }) => score > best * 0.3).map(({ record }) => record);
    const right = new Map(asked.map((word, at) => [word, meanings[at]?.read ?? word]));
    const read = all.map((word) => right.get(word) ?? word).join(" ");
    const sure = named.length > 0 || (ranked[0]?.share ?? 0) > (describes ? MOSTLY : ALL);
    return { found: [...new Set([...named, ...good])].slice(0, MOST), read: read === all.join(" ") ? question : read, sure };
  }

  /** @param {string} wanted @returns {Named[]} what is called so: first what has it for its own name */
  #called(wanted) {
    if (wanted.length < 2) {
      return [];
    }
    const exact = this.records.filter(({ names, title }) => (names ?? [title]).some((name) => called(name) === wanted));
    const own = exact.filter(({ title }) => called(title) === wanted);
    return [...own, ...exact.filter((record) => !own.includes(record))];
  }

  /**
   * @param {string[]} words
   * @param {(Meaning | undefined)[]} meanings
   * @param {RegExpExecArray | null} describes - the sign that what is said of a thing counts before what it is called
   * @returns {{ record: Named, score: number, share: number }[]}
   */
  #ranked(words, meanings, describes) {
    const every = this.records.length;
    const verb = plain(describes?.groups?.verb ?? "");
    const rarity = meanings.map((meaning, at) => {
      const rare = Math.log(1 + every / (0.5 + (meaning?.places.size ?? every / 12)));
      return USUAL.has(root(words[at])) ? rare * 0.25 : rare;
    });
    const does = words.indexOf(verb);
    if (does >= 0 && words.length > 1) {
      rarity[does] *= 0.8; // what is done may be said in many words
    }
    const whole = rarity.reduce((sum, one) => sum + one, 0);
    /** @type {Map<number, { score: number, share: number }>} */
    const scores = new Map();
    meanings.forEach((meaning, at) => {
      for (const [number, weight] of meaning?.places ?? []) {
        const { score, share } = scores.get(number) ?? { score: 0, share: 0 };
        const counts = describes ? Math.max(weight.name * 0.35, weight.said * 1.4) : Math.max(weight.name, weight.said);
        scores.set(number, { score: score + counts * rarity[at], share: share + rarity[at] / whole });
      }
    });
    const found = [...scores].filter(([, { share }]) => share > LEAST_LIKE);
    const stems = new Set(words.map((word, at) => root(meanings[at]?.read ?? word)));
    const phrase = words.length > 2 ? ` ${words.join(" ")} ` : "";
    return found
      .map(([number, { score, share }]) => {
        const record = this.records[number];
        const asked = describes && record.url.startsWith("heads/") ? 2 : 1;
        const whole = (record.names ?? []).some((name) => telling(name).every((word) => stems.has(root(word)))) ? WHOLE * (describes ? 1.5 : 1) : 1;
        const said = phrase && ` ${telling(record.title).join(" ")} `.includes(phrase) ? PHRASE : 1;
        const known = 1 + 0.1 * Math.log2(1 + (record.papers ?? 0));
        return { record, share, number, score: asked * whole * said * known * score * share ** (describes ? 1 : 2) };
      })
      .sort((one, other) => other.score - one.score || one.number - other.number);
  }
}
