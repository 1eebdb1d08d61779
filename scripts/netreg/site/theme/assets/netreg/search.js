// Finds networks while one types. It takes the same steps over the same documents as netreg find, so that both put the
// same network first; scripts/netreg/model/search.py says why each is there. Without it the form leads to the table.
"use strict";

(function () {
  // In one file (netreg site --single) the index stands beside the script, and pages are its sections.
  const inside = document.getElementById("search-data");
  const root = inside ? null : new URL("../../", document.currentScript.src);
  const address = (path) => (inside ? `#${path.slice(0, -1)}` : new URL(path, root).href);
  const data = () => fetch(address("search.json")).then((answer) => answer.json());

  // What a question and a network say, in the one form in which they are compared.

  const LONGEST_NAME = 400, LONGEST_QUERY = 200, MOST_WORDS = 12, LONGEST_RUN = 4, NEAREST = 5, SHORTEST_NUMBER = 6;
  const UNKNOWN = 12, KNOWN = 5, ROOT = 6, REST = 4;
  const NAME = 1, OTHER_NAME = 2, LEGAL_ACT = 3, BEGINNING = 4, WORDS_OF_NAMES = 5, CITED_DOCUMENT = 6, WORDS_OF_TEXT = 7;
  const SOME_WORDS = 8;
  const WEIGHTS = [8, 5, 2, 4, 3, 6, 2];
  const SAME = 4, AKIN = 3, BEGINS = 2, INSIDE = 1, OWN = 4, MEANT = 2;
  const ENDING = /(?<=....)(?:ing|er|ed|e|ion|al|ism|ist|ment|or|ity)$/;

  const bare = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "");
  const bits = (number) => 32 - Math.clz32(number);
  const words = (text) => text.split(" ").filter(Boolean);
  const push = (map, key, value) => (map.has(key) ? map.get(key).push(value) : map.set(key, [value]));
  const union = (one, other) => new Set([...one, ...other]);

  function reader(tables) {
    const small = new Set(words(tables.small));
    const others = new RegExp(`[${Object.keys(tables.letters).join("")}]`, "gu");
    const fold = (text) => bare(text.toLowerCase().replace(others, (sign) => tables.letters[sign]).replaceAll("ς", "σ"));
    const respelt = (text) => tables.spellings.reduce((now, [one, other]) => now.replaceAll(one, other), text);
    const wordsOf = (text) => (respelt(fold(text)).match(/[\p{L}\p{N}_]+/gu) || []).filter((word) => !small.has(word));
    const normal = (name) => wordsOf(name.slice(0, LONGEST_NAME)).join(" ") || fold(name).trim();
    const stem = (word) => {
      if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
      return word.endsWith("s") && word.length > 3 ? word.slice(0, -1) : word;
    };
    const stems = (text) => words(text).map(stem);
    const keys = (name, own = stems(normal(name))) => {
      return [fold(name).replace(/[^\p{L}\p{N}]/gu, ""), own.join(""), [...own].sort().join(" ")].filter(Boolean);
    };
    return { wordsOf, normal, stem, stems, keys };
  }

  const roots = new Map();
  function rootOf(word) {
    if (!roots.has(word)) roots.set(word, word.replace(ENDING, ""));
    return roots.get(word);
  }

  function quality(term, word) {
    if (term === word) return SAME;
    if (term[0] === "@" || word[0] === "@" || term.length < 3) return 0;
    if (term[0] === word[0]) {
      if (shareRoot(term, word) || rootOf(term) === rootOf(word)) return AKIN;
      if (word.startsWith(term)) return BEGINS;
    }
    return term.length > 4 && word.includes(term) ? INSIDE : 0;
  }

  function shareRoot(one, other) {
    const needed = Math.max(ROOT, Math.max(one.length, other.length) - REST);
    return Math.min(one.length, other.length) >= needed && other.startsWith(one.slice(0, needed));
  }

  function slips(one, other, limit) {
    let before = [], last = Array.from({ length: other.length + 1 }, (_, place) => place);
    for (let row = 1; row <= one.length; row++) {
      const now = [row];
      for (let column = 1; column <= other.length; column++) {
        const changed = last[column - 1] + (one[row - 1] === other[column - 1] ? 0 : 1);
        let cost = Math.min(last[column] + 1, now[column - 1] + 1, changed);
        const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
        if (swapped) cost = Math.min(cost, before[column - 2] + 1);
        now.push(cost);
      }
      if (Math.min(...now) > limit) return limit + 1;
      [before, last] = [last, now];
    }
    return last[other.length];
  }

  function nearest(word, pool, limit) {
    let least = limit + 1, found = [];
    for (const known of pool) {
      if (Math.abs(known.length - word.length) > Math.min(least, limit)) continue;
      const here = slips(word, known, Math.min(least, limit));
      if (here > least || !/^\p{L}+$/u.test(known)) continue;
      if (here > 0 && here < least) [least, found] = [here, []];
      if (here === least) found.push(known);
    }
    return { least, found: found.sort().slice(0, NEAREST) };
  }

  function numbersIn(wanted) {
    const runs = (wanted.match(/(?:\S*\p{Nd}\S*(?: |$))+/gu) || []).map((run) => run.trim());
    const numbers = runs.filter((run) => run.includes(" ") || run.length >= SHORTEST_NUMBER);
    const celex = numbers.map((run) => run.match(/^3(\d{4})[a-z]0*(\d+)$/)).filter(Boolean);
    return numbers.length ? [wanted, ...numbers, ...celex.map((found) => `${found[1]} ${found[2]}`)] : [];
  }

  // The documents, ready to be asked.

  class SearchIndex {
    constructor(data) {
      this.read = reader(data);
      this.asking = new Set(words(data.asking));
      this.doors = data.doors.map(([title, path, code]) => {
        return { title, path, code, words: [...this.read.stems(this.read.normal(title)), ...codes(code || "")] };
      });
      this.networks = data.networks.map((fields) => this.network(fields));
      this.places = new Map();
      this.networks.forEach((one, place) => this.place(one, place));
      this.ofNames = [...this.places].filter(([, where]) => where.some(([, field]) => field === 0)).map(([word]) => word);
      this.byLetter = new Map();
      for (const word of this.places.keys()) push(this.byLetter, word[0], word);
      this.english = this.inverted(data.countries, 0);
      this.everyLanguage = this.inverted(data.countries, 1);
      this.meanings = new Map();
      for (const [target, told] of Object.entries(data.meanings)) {
        for (const key of words(told)) push(this.meanings, key, target);
      }
      this.strengths = new Map();
      this.fitted = new WeakMap();
    }

    network([id, acronym, line, status, alive, ties, names, acts, numbers, told, more, now, once]) {
      const known = names.map(([text, kind]) => {
        const normal = this.read.normal(text), stems = this.read.stems(normal);
        return { text, kind: kind || "", normal, stems, keys: this.read.keys(text, stems) };
      });
      const rests = acts.map((text) => ({ text, normal: this.read.normal(text) }));
      const fields = [[], this.read.wordsOf(line).map(this.read.stem), [], words(told), words(more), codes(now), codes(once)];
      for (const { stems } of known) fields[0].push(...stems, stems.join(""));
      for (const { normal } of rests) fields[2].push(...this.read.stems(normal));
      return { id, title: names[0][0], acronym, line, status, alive, ties, names: known, acts: rests, numbers, fields };
    }

    place(network, place) {
      network.fields.forEach((told, field) => {
        for (const word of new Set(told)) push(this.places, word, [place, field]);
      });
    }

    inverted(countries, languages) {
      const found = new Map();
      for (const [code, told] of Object.entries(countries)) {
        for (const name of words(told.slice(0, languages + 1).join(" "))) push(found, name, [`@${code}`]);
      }
      return found;
    }

    search(query) {
      const asked = Array.from(query).slice(0, LONGEST_QUERY).join("");
      const wanted = this.read.normal(asked);
      if (!wanted) return { found: [], similar: false, doors: [] };
      const all = this.read.stems(wanted).slice(0, MOST_WORDS);
      const telling = all.filter((word) => !this.asking.has(word));
      const named = [...this.byName(asked), ...this.byNumber(wanted)];
      const { groups, spellings } = this.understood(telling.length ? telling : all, named.length > 0);
      if (!named.length) named.push(...spellings.flatMap((text) => this.byName(text)));
      const found = best([...named, ...this.byWords(groups)]);
      return { found, similar: spellings.length > 0, doors: this.doors.filter((door) => fitsDoor(door, groups)) };
    }

    byName(query) {
      const wanted = this.read.normal(query), keys = this.read.keys(query);
      return this.networks.flatMap((network) =>
        network.names.flatMap((name) => {
          const same = keys.some((key) => name.keys.includes(key));
          if (!same && !name.normal.startsWith(wanted)) return [];
          return [{ network, rank: same ? (name.kind ? OTHER_NAME : NAME) : BEGINNING, score: 0, name }];
        }),
      );
    }

    byNumber(wanted) {
      const numbers = numbersIn(wanted), found = [];
      if (!numbers.length) return found;
      for (const network of this.networks) {
        for (const act of network.acts) {
          const rests = numbers.some((one) => ` ${act.normal} `.includes(` ${one} `) || one === act.normal);
          if (rests) found.push({ network, rank: LEGAL_ACT, score: 0, name: { text: act.text, kind: "legal-act" } });
        }
        for (const [told, times] of Object.entries(network.numbers)) {
          if (!numbers.some((one) => ` ${told} `.includes(` ${one} `))) continue;
          const name = { text: told.replaceAll(" ", "/"), kind: "document" };
          found.push({ network, rank: CITED_DOCUMENT, score: times, name });
        }
      }
      return found;
    }

    understood(asked, isNamed) {
      let groups = this.groups(asked, this.english);
      const isKnown = ({ own, meant }) => meant.length || own.some((term) => this.isWord(term));
      if (isNamed || groups.every(isKnown)) return { groups, spellings: [] };
      groups = this.groups(asked, this.everyLanguage);
      const mended = groups.map((group) => (this.fitting(group).size ? group : this.mended(group)));
      if (mended.every((group, place) => group === groups[place])) return { groups, spellings: [] };
      const spellings = Array.from({ length: NEAREST }, (_, number) =>
        mended.flatMap(({ own, meant }, place) => {
          const spelt = meant.filter(([term]) => term[0] !== "@");
          if (groups[place] === mended[place] || !spelt.length) return own;
          return spelt[Math.min(number, spelt.length - 1)];
        }).join(" "),
      );
      return { groups: mended, spellings };
    }

    groups(asked, countries) {
      const found = [];
      for (let start = 0; start < asked.length; ) {
        for (let length = Math.min(LONGEST_RUN, asked.length - start); length > 0; length--) {
          const own = asked.slice(start, start + length), joined = own.join("");
          const isOne = length === 1 || countries.has(joined) || this.meanings.has(joined);
          const meant = isOne ? this.meant(joined, countries) : [];
          if (!meant.length && length > 1) continue;
          found.push({ own, meant });
          start += length;
          break;
        }
      }
      return found;
    }

    meant(joined, countries) {
      const targets = new Set([...(this.meanings.get(joined) || []), ...this.byBeginning(joined)]);
      return [...(countries.get(joined) || []), ...Array.from(targets, words)];
    }

    byBeginning(word) {
      const found = [];
      for (let length = word.length; length > 2; length--) {
        for (const target of this.meanings.get(`${word.slice(0, length)}*`) || []) {
          const rest = word.slice(length);
          const others = [...(this.meanings.get(rest) || []), ...this.byBeginning(rest)];
          found.push(...(others.length ? others.map((other) => `${target} ${other}`) : [target]));
        }
      }
      return found;
    }

    isWord(term) {
      return (this.byLetter.get(term[0]) || []).some((word) => quality(term, word) >= AKIN);
    }

    fitting(group) {
      if (!this.fitted.has(group)) this.fitted.set(group, this.fittingNow(group));
      return this.fitted.get(group);
    }

    fittingNow({ own, meant }) {
      const found = new Map();
      for (const terms of [own, ...meant]) {
        const factor = terms === own || terms[0][0] === "@" ? OWN : MEANT;
        const strengths = terms.map((term) => this.strength(term));
        for (const place of strengths[0].keys()) {
          if (!strengths.every((one) => one.has(place))) continue;
          const sums = strengths.map((one) => one.get(place).reduce((sum, each) => sum + each, 0));
          const score = factor * Math.min(...sums);
          const byName = terms === own && strengths.every((one) => one.get(place)[0] > 0);
          if (!found.has(place) || score > found.get(place).score) found.set(place, { score, byName });
        }
      }
      return found;
    }

    strength(term) {
      if (this.strengths.has(term)) return this.strengths.get(term);
      const found = new Map();
      const near = this.byLetter.get(term[0]) || []; // only a long term is looked for inside of words
      for (const word of term.length > 4 ? this.places.keys() : near) {
        const fits = quality(term, word);
        for (const [place, field] of fits ? this.places.get(word) : []) {
          if (!found.has(place)) found.set(place, WEIGHTS.map(() => 0));
          found.get(place)[field] = Math.max(found.get(place)[field], fits * WEIGHTS[field]);
        }
      }
      this.strengths.set(term, found);
      return found;
    }

    byWords(groups) {
      const fitting = groups.map((group) => this.fitting(group)).filter((found) => found.size);
      const rare = fitting.filter((found) => 3 * found.size <= this.networks.length);
      const telling = rare.length ? rare : fitting;
      if (!telling.length) return [];
      let every = [];
      if (fitting.length === groups.length) {
        every = [...telling[0].keys()].filter((place) => telling.every((found) => found.has(place)));
      }
      const places = every.length ? every : [...telling.reduce((all, found) => union(all, found.keys()), new Set())];
      const scores = places.map((place) => this.score(place, fitting));
      const least = every.length ? 0 : Math.floor(Math.max(...scores) / 2);
      const rank = (place) => {
        if (!every.length) return SOME_WORDS;
        return telling.every((found) => found.get(place).byName) ? WORDS_OF_NAMES : WORDS_OF_TEXT;
      };
      return places
        .map((place, number) => ({ network: this.networks[place], rank: rank(place), score: scores[number] }))
        .filter((match) => match.score >= least);
    }

    score(place, fitting) {
      const total = this.networks.length;
      const counts = fitting
        .filter((found) => found.has(place))
        .map((found) => bits(Math.floor((4 * total * total) / found.size ** 2)) * found.get(place).score);
      if (fitting.length > 1) return counts.length * counts.reduce((sum, each) => sum + each, 0);
      return Math.floor((counts[0] * (UNKNOWN + Math.min(bits(this.networks[place].ties), KNOWN))) / UNKNOWN);
    }

    mended(group) {
      const [word, ...more] = group.own, limit = Math.min(2, Math.floor(word.length / 4));
      if (more.length || /\p{Nd}/u.test(word) || limit < 1) return group;
      let near = { least: limit + 1, found: [] };
      for (const pool of [this.ofNames, this.places.keys(), this.everyLanguage.keys(), this.meanings.keys()]) {
        const here = nearest(word, pool, limit);
        if (here.least < near.least) near = here;
      }
      if (!near.found.length) return group;
      return { own: group.own, meant: near.found.flatMap((one) => [[one], ...this.meant(one, this.everyLanguage)]) };
    }
  }

  const codes = (told) => words(told).map((code) => `@${code}`);

  function fitsDoor(door, groups) {
    const fits = (term) => door.words.some((word) => quality(term, word) >= BEGINS);
    return groups.every(({ own, meant }) => [own, ...meant].some((terms) => terms.every(fits)));
  }

  function best(matches) {
    const key = ({ network, rank, score, name }) => {
      const length = name && rank === BEGINNING ? Array.from(name.text).length : 0;
      return [rank, name && name.kind ? 1 : 0, length, -score, network.alive ? 0 : 1, -network.ties, network.id];
    };
    const keyed = matches.map((match) => [key(match), match]);
    keyed.sort(([one], [other]) => {
      const place = one.findIndex((part, number) => part !== other[number]);
      return place < 0 ? 0 : one[place] < other[place] ? -1 : 1;
    });
    const found = new Map();
    for (const [, match] of keyed) if (!found.has(match.network.id)) found.set(match.network.id, match);
    return [...found.values()];
  }

  // The field and the list below it.

  const SHOWN = 10, DOORS = 3;

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  let asked = null;
  function index() {
    asked ||= Promise.all(inside ? [JSON.parse(inside.textContent)] : [data(), styled()])
      .then(([data]) => ({ data, index: new SearchIndex(data) }))
      .catch(() => (asked = null));
    return asked;
  }

  function styled() {
    return new Promise((done) => {
      const href = address("assets/netreg/search.css");
      document.head.append(element("link", { rel: "stylesheet", href, onload: done, onerror: done }));
    });
  }

  function why({ rank, name }, kinds) {
    if (!name || !name.kind) return [];
    if (rank === LEGAL_ACT) return [`by ${name.text}`];
    return [rank === CITED_DOCUMENT ? `cites ${name.text}` : `as “${name.text}”, ${kinds[name.kind]}`];
  }

  function option(id, href, lines) {
    const link = element("a", { id, href: address(href), tabIndex: -1 });
    link.append(...lines.map(([kind, text]) => element("span", { className: `reg-found__${kind}` }, text)));
    link.setAttribute("role", "option");
    const item = element("li", {}, link);
    item.setAttribute("role", "presentation");
    return item;
  }

  function lines(match, kinds) {
    const { title, acronym, line, status } = match.network;
    const name = acronym && acronym !== title ? `${title} (${acronym})` : title;
    const told = [["name", name], ["line", line], ...why(match, kinds).map((text) => ["why", text]), ["status", status]];
    return told.filter(([, text]) => text);
  }

  function said({ found, similar }, query) {
    if (!found.length) return `Nothing found for “${query}”.`;
    if (similar) return `Nothing is called “${query}”. Similar:`;
    if (found[0].rank === SOME_WORDS) return "No network has all the words. With some of them:";
    return found.length === 1 ? "1 network" : `${found.length} networks`;
  }

  function start(form) {
    const field = form.querySelector("input[type=search]");
    const status = element("p", { className: "reg-found__said" });
    const list = element("ul", { id: `${field.id}-found` });
    const panel = element("div", { className: "reg-found", hidden: true }, status, list);
    let active = -1;
    status.setAttribute("role", "status");
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Found");
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"],
      ["aria-controls", list.id]]) field.setAttribute(name, value);
    form.append(panel);
    form.hidden = false;

    function show(isOpen) {
      panel.hidden = !isOpen;
      list.hidden = !list.children.length;
      field.setAttribute("aria-expanded", String(isOpen && list.children.length > 0));
      mark(-1);
    }

    function mark(place) {
      active = place;
      const options = Array.from(list.querySelectorAll("a"));
      options.forEach((one, number) => one.setAttribute("aria-selected", String(number === place)));
      if (place < 0) return field.removeAttribute("aria-activedescendant");
      field.setAttribute("aria-activedescendant", options[place].id);
      options[place].scrollIntoView({ block: "nearest" });
    }

    function fill({ data, index: documents }) {
      const query = field.value.trim();
      list.replaceChildren();
      if (!query) return show(false);
      const answer = documents.search(query);
      const networks = answer.found.slice(0, SHOWN).map((match) => [`networks/${match.network.id}/`, lines(match, data.kinds)]);
      const doors = answer.doors.slice(0, DOORS).map(({ title, path, code }) => {
        return [path, [["name", title], ["status", "Page"]], code];
      });
      const options = [...doors.filter((door) => door[2]), ...networks, ...doors.filter((door) => !door[2])];
      list.append(...options.map(([href, told], number) => option(`${field.id}-${number}`, href, told)));
      status.textContent = said(answer, query);
      show(true);
    }

    async function answer() {
      const ready = await index();
      if (ready && document.activeElement === field) fill(ready);
    }

    const step = (by) => {
      const count = list.children.length;
      if (!panel.hidden && count) mark((active + by + count + (active < 0 && by < 0 ? 1 : 0)) % count);
    };
    const go = () => list.children[Math.max(active, 0)].firstChild.click();
    const keys = {
      ArrowDown: () => (panel.hidden ? answer() : step(1)),
      ArrowUp: () => step(-1),
      Escape: () => (panel.hidden ? (field.value = "") : show(false)),
      Enter: () => (panel.hidden || !list.children.length ? form.requestSubmit() : go()),
    };
    field.addEventListener("focus", answer);
    field.addEventListener("input", answer);
    field.addEventListener("keydown", (event) => {
      if (!keys[event.key] || event.isComposing) return;
      event.preventDefault();
      keys[event.key]();
    });
    form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || show(false));
    panel.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  }

  document.querySelectorAll("form.reg-find").forEach(start);
  window.netreg = { bare, slips }; // table.js compares words so, too
})();
